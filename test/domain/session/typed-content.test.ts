import { expect, it } from 'vitest';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json-value.ts';
import { checkContent } from '../../../src/domain/session/check-content.ts';
import { typedContent } from '../../../src/domain/session/typed-content.ts';
import { carouselExamples, interactiveExamples, sessionExamples } from '../../support/session-examples.ts';

/** As a campaign file hands it over: every number and every switch is a text. */
function asTexts(value: JsonValue): JsonValue {
  if (isJsonList(value)) return value.map(asTexts);
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asTexts(member)]));
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function fromFile(content: JsonObject): JsonObject {
  const texts = asTexts(content);
  return isJsonObject(texts) ? typedContent(texts) : {};
}

const interactive = [...Object.entries(interactiveExamples), ...Object.entries(carouselExamples)].map(
  ([kind, content]) => ({ channel: 'whatsapp', type: 'interactive', kind, content }) as const,
);

it.each([...sessionExamples.filter(({ type }) => type !== 'location'), ...interactive])(
  'gives the values of a $channel $type their kind again',
  ({ channel, type, content }) => {
    expect(fromFile(content)).toEqual(content);
    expect(checkContent(channel, type, fromFile(content))).toEqual([]);
  },
);

it('makes numbers of both coordinates', () => {
  expect(fromFile({ latitude: '37.44', longitude: -122.16, name: '12' })).toEqual({
    latitude: 37.44,
    longitude: -122.16,
    name: '12',
  });
});

it.each(['preview_url', 'sharable', 'messenger_extensions'])('makes a switch of %s', (key) => {
  expect([fromFile({ [key]: 'true' }), fromFile({ [key]: ' false ' }), fromFile({ [key]: 'yes' })]).toEqual([
    { [key]: true },
    { [key]: false },
    { [key]: 'yes' },
  ]);
});

it('leaves what is no number for the check to tell', () => {
  expect(fromFile({ duration: '42 s', fileSize: '' })).toEqual({ duration: '42 s', fileSize: '' });
});
