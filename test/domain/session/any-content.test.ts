import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json-value.ts';
import { checkContent } from '../../../src/domain/session/check-content.ts';
import { sessionPreview } from '../../../src/domain/session/session-text.ts';
import { withAt } from '../../support/edit-json.ts';
import { interactiveExamples, sessionExamples } from '../../support/session-examples.ts';

const examples = [
  ...sessionExamples,
  ...Object.values(interactiveExamples).map(
    (content) => ({ channel: 'whatsapp', type: 'interactive', content }) as const,
  ),
];

/** The paths of a value, from its keys down to its leaves. */
function pathsOf(value: JsonValue, path = ''): readonly string[] {
  const members: readonly (readonly [string, JsonValue])[] = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${index}]`, item] as const)
    : isJsonObject(value)
      ? Object.entries(value).map(([key, member]) => [path === '' ? key : `${path}.${key}`, member] as const)
      : [];
  return members.flatMap(([at, member]) => [at, ...pathsOf(member, at)]);
}

const spoilt: fc.Arbitrary<{ channel: (typeof examples)[number]['channel']; type: string; content: JsonObject }> = fc
  .constantFrom(...examples)
  .chain(({ channel, type, content }) =>
    fc
      .record({ path: fc.constantFrom(...pathsOf(content)), value: fc.jsonValue() })
      .map(({ path, value }) => ({ channel, type, content: withAt(content, path, JSON.parse(JSON.stringify(value))) })),
  );

describe('any content', () => {
  it('is checked and shown without failing, and every problem says where and what', () => {
    fc.assert(
      fc.property(spoilt, ({ channel, type, content }) => {
        for (const problem of checkContent(channel, type, content)) {
          expect(problem.message).toMatch(/^\S.*[^.]$/su);
          expect(problem.hint).not.toBe('');
          expect(problem.message.startsWith(problem.path === '' ? 'the content' : problem.path)).toBe(true);
        }
        expect(sessionPreview(channel, type, content).offer).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});
