/** Holds the README's table of messages to the samples, and to what the checks ask of a content. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/domain/json-value.ts';
import type { ChatChannel } from '../../src/domain/message.ts';
import { checkContent, messageTypes } from '../../src/domain/session/check-content.ts';
import { type MessageSample, readMessageSamples } from '../support/message-samples.ts';

const readme = await readFile(path.join(import.meta.dirname, '../../README.md'), 'utf8');
const samples = readMessageSamples();
const channels = ['whatsapp', 'viber', 'messenger', 'instagram'] as const satisfies readonly ChatChannel[];

interface Line {
  readonly type: string;
  /** Without those in brackets, which may be left out. */
  readonly keys: readonly string[];
  /** Names of samples, by channel. */
  readonly samples: Readonly<Partial<Record<ChatChannel, string>>>;
}

const table = /^\| Type \| Its content has \| (.*) \|\n\|[ |-]+\n((?:\|.*\n)+)/m.exec(readme);

const lines: readonly Line[] = (table?.[2] ?? '')
  .trim()
  .split('\n')
  .map((line) => {
    const [type = '', keys = '', ...cells] = line.split('|').slice(1, -1);
    const names = cells.map((cell) => /\(samples\/messages\/([a-z-]+)\.yaml\)/.exec(cell)?.[1] ?? null);
    return {
      type: type.replaceAll(/[` ]/g, ''),
      keys: [...keys.replaceAll(/\(.*?\)|and.*$/g, '').matchAll(/`(\w+)`/g)].map(([, key = '']) => key),
      samples: Object.fromEntries(
        channels.flatMap((channel, index) => (names[index] ? [[channel, names[index]]] : [])),
      ),
    };
  });

function sampleOf(name: string): MessageSample {
  const sample = samples.find((each) => each.name === name);
  if (sample === undefined) throw new Error(`there is no sample ${name}`);
  return sample;
}

/** What a campaign writes: contacts go out as a list of it. */
function contentOf({ rows }: MessageSample): JsonObject {
  const [content] = [rows[0]?.content].flat();
  if (content === undefined || !isJsonObject(content)) throw new Error('the sample has no content');
  return content;
}

describe('the table of messages', () => {
  it.each(channels)('has every type of %s once, and no other', (channel) => {
    expect(table?.[1]).toBe(channels.join(' | '));
    const named = lines.filter((line) => line.samples[channel] !== undefined).map(({ type }) => type);
    expect(named.toSorted()).toEqual([...messageTypes(channel)].toSorted());
  });

  it('links to a sample of the type and the channel in each cell', () => {
    const linked = lines.flatMap((line) =>
      Object.entries(line.samples).map(([channel, name]) => ({ name, channel, type: line.type })),
    );
    const meant = linked.map(({ name }) => {
      const { channel, type } = sampleOf(name);
      return { name, channel, type };
    });
    expect(linked).toEqual(meant);
  });

  it('stands in a README that links to every sample', () => {
    expect(samples.filter(({ name }) => !readme.includes(`(samples/messages/${name}.yaml)`))).toEqual([]);
  });

  const cells = lines.flatMap(({ keys, samples: named }) => Object.values(named).map((name) => ({ name, keys })));

  it.each(cells)('names the keys that $name cannot do without: $keys', ({ name, keys }) => {
    const { channel, type, ...sample } = sampleOf(name);
    const content = contentOf({ channel, type, ...sample });
    const errors = (candidate: JsonObject) =>
      checkContent(channel, type, candidate).filter(({ severity }) => severity === 'error');
    expect(errors(content)).toEqual([]);
    const needed = Object.keys(content).filter(
      (key) => errors(Object.fromEntries(Object.entries(content).filter(([each]) => each !== key))).length > 0,
    );
    expect(needed.toSorted()).toEqual(keys.toSorted());
  });
});
