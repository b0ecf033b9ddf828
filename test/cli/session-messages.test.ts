/** What a person is told of a campaign in words of one's own that cannot go as it is. Nobody gets anything of it. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { refusedRequestFields } from '../../src/domain/request-fields.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { emulatorEnv } from '../support/emulator-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/lists.ts';
import { type InProcessResult, runInProcess } from '../support/run-in-process.ts';
import { eventOf } from './workbench.ts';

let folder: TemporaryFolder;
let emulator: Emulator;
beforeAll(async () => {
  for (const [name, value] of Object.entries(emulatorEnv)) vi.stubEnv(name, value);
  folder = await temporaryFolder();
  emulator = await startEmulator({ ratePerSecond: 100_000 });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
  await folder[Symbol.asyncDispose]();
});

interface Written {
  readonly channel?: string;
  readonly list: string;
  /** The fields after the list's: message, request, fallback. */
  readonly rest: string;
}

/** Sends without asking, and makes sure that nothing left. */
async function refusedSend({ channel = 'whatsapp', list, rest }: Written, ...flags: readonly string[]) {
  const campaign = join(folder.path, 'campaign.yaml');
  const from = channel === 'whatsapp' ? '8613867404376' : '102938475610293';
  await writeFile(join(folder.path, 'list.csv'), list);
  await writeFile(
    campaign,
    `channel: ${channel}\nfrom: "${from}"\nrecipients: { file: list.csv, to: to }\nsend: { rate: 80/s }\n${rest}\n`,
  );
  const run = join(folder.path, 'refused.run');
  const before = emulator.accepted().length;
  const result = await runInProcess(['send', campaign, '--endpoint', emulator.url, '--yes', '--run', run, ...flags]);
  expect(emulator.accepted().slice(before)).toEqual([]);
  expect(existsSync(run)).toBe(false);
  return result;
}

interface Told {
  readonly row: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly message: string;
  readonly hint: string | null;
}

/** What stops the plan, as `row column code: message; hint`. */
function stoppers(result: InProcessResult): readonly string[] {
  // The event's own type, as `show-plan.ts` writes it.
  const findings = eventOf(result, 'plan')['findings'] as readonly {
    readonly code: string;
    readonly severity: string;
    readonly first: readonly Told[];
  }[];
  return findings
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .flatMap(({ code, first }) => first.map((told) => ({ code, ...told })))
    .map(({ row, column, code, message, hint }) => `${row} ${column} ${code}: ${message}; ${hint}`)
    .toSorted();
}

const people = (...cells: readonly string[]) =>
  ['to,cell', ...cells.map((cell, index) => `861380010472${index},${cell}`), ''].join('\n');

describe('a content that is wrong', () => {
  it.each([
    [
      'in a cell that a link comes from',
      { list: people('https://a.com/1.jpg', 'ftp://a.com/1.jpg', '', 'https://a.com/1.mp4') },
      'message: { type: image, content: { link: "{{ cell }}" } }',
      [
        '3 cell MEDIA_URL_INVALID: message.content: link "ftp://a.com/1.jpg" is not an https address; give an https address that opens without a login',
        '4 cell CONTENT_KEY_MISSING: message.content: link is empty; fill it',
        '5 cell CONTENT_FILE_TYPE: message.content: link ends in ".mp4", which is not known as a WhatsApp image; give a link to jpg, jpeg, png, at most 5 MB',
      ],
    ],
    [
      'in a text that two columns fill',
      { list: 'to,cell,name\n8613800104729,twelve chars,Ann\n8613800104730,ok,Bo\n' },
      'message: { type: interactive, content: { type: button, body: { text: Hi }, action: { buttons: [{ type: reply, reply: { id: a, title: "{{ name }}, {{ cell }} more" } }] } } }',
      [
        '2 null CONTENT_TOO_LONG: message.content: action.buttons[0].reply.title has 22 characters, and may have 20; shorten it by 2',
      ],
    ],
    [
      'in a column of JSON',
      { list: people('"{""text"":""Hi""}"', 'Hi', '"{""txt"":""Hi""}"', '"{""text"":""Hi"",""caption"":""x""}"') },
      'message: { type: text, content: cell }',
      [
        '3 cell CONTENT_NOT_JSON: the content is not a JSON object; write it as JSON: {"text": "…"}',
        '4 cell CONTENT_KEY_MISSING: message.content: text is missing; rename "txt" to "text"',
        '5 cell CONTENT_KEY_REFUSED: message.content: caption is not taken with this type of message; remove "caption"',
      ],
    ],
    [
      'for everybody',
      { channel: 'viber', list: people('x') },
      'message: { type: text_button, content: { text: "Hi", caption: Go } }',
      ['null null CONTENT_KEY_MISSING: message.content: action is missing; add "action"'],
    ],
  ])('%s is told by row, column and key', async (_where, { list, ...more }, rest, told) => {
    const result = await refusedSend({ list, rest, ...more }, '--json');
    expect(stoppers(result)).toEqual(told);
    expect(result.code).toBe(3);
  });

  it('leaves the good rows to go where the person allows it', async () => {
    const campaign = join(folder.path, 'partly.yaml');
    await writeFile(join(folder.path, 'partly.csv'), people('"{""text"":""Hi""}"', 'Hi'));
    await writeFile(
      campaign,
      'from: "8613867404376"\nrecipients: { file: partly.csv, to: to }\nmessage: { type: text, content: cell }\n',
    );
    const before = emulator.accepted().length;
    const run = join(folder.path, 'partly.run');
    const flags = ['--endpoint', emulator.url, '--yes', '--skip-invalid', '--json', '--run', run];
    const result = await runInProcess(['send', campaign, ...flags]);
    expect(eventOf(result, 'exit')).toMatchObject({ code: 0, balance: { accepted: 1, invalid: 1 } });
    expect(emulator.accepted().slice(before)).toMatchObject([{ to: '8613800104720', content: '{"text":"Hi"}' }]);
  });
});

describe('a field of the request', () => {
  const text = 'message: { type: text, content: { text: Hi } }';

  it.each([
    ['smsFallback.duration is not a time of 60 to 43200 seconds', 'smsFallback: { id: f, duration: 59 }'],
    ['smsFallback.duration is not a time of 60 to 43200 seconds', 'smsFallback: { id: f, duration: 13h }'],
    ['smsFallback.id is empty', 'smsFallback: { duration: 10m }'],
    ['smsFallback.rule is none of undelivered, sentFailed', 'smsFallback: { id: f, rule: later }'],
    ['payload is not a list of texts', 'payload: "yes"'],
    ['recipientType is none of individual, group', 'recipientType: all'],
    ['category is none of UTILITY, MARKETING, AUTHENTICATION', 'category: SALE'],
    ['productAction.sections has 11 sections', `productAction: ${products(11, 1)}`],
    ['productAction.sections has 31 products', `productAction: ${products(1, 31)}`],
    ['flowAction.token is no field of it', 'flowAction: { token: t }'],
  ])('that is wrong for everybody stops the plan: %s', async (message, field) => {
    const result = await refusedSend({ list: people('x'), rest: `${text}\nrequest: { ${field} }` }, '--json');
    expect(stoppers(result)).toEqual([expect.stringContaining(`REQUEST_FIELD_INVALID: request.${message}; `)]);
    expect(result.code).toBe(3);
  });

  it('that is wrong in a row is told at its cell', async () => {
    const rest = `${text}\nrequest: { ttl: "{{ cell }}", label: promotion }`;
    const result = await refusedSend({ channel: 'viber', list: people('30', '29', '14d', '15d'), rest }, '--json');
    expect(stoppers(result)).toEqual([
      '3 cell REQUEST_FIELD_INVALID: request.ttl is not a time of 30 to 1209600 seconds; write seconds, or a time such as 10m',
      '5 cell REQUEST_FIELD_INVALID: request.ttl is not a time of 30 to 1209600 seconds; write seconds, or a time such as 10m',
    ]);
  });

  it.each(Object.entries(refusedRequestFields))(
    'that sendoff does not send is refused by name: %s',
    async (field, why) => {
      const { code, stderr } = await refusedSend({ list: people('x'), rest: `${text}\nrequest: { ${field}: x }` });
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(
          `campaign.yaml:6:12: no field "${field}" in request\nhint: remove it: ${why}\n`,
        ),
      });
    },
  );

  it('of another channel is refused with those that take it', async () => {
    const { code, stderr } = await refusedSend({ list: people('x'), rest: `${text}\nrequest: { label: promotion }` });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'campaign.yaml:6:19: whatsapp takes no label\nhint: it is for viber: remove it\n',
      ),
    });
  });
});

/** So many sections of so many products. */
function products(sections: number, items: number): string {
  const productItems = Array.from({ length: items }, (_, index) => ({ productRetailerId: `p-${index}` }));
  const all = Array.from({ length: sections }, (_, index) => ({ title: `S${index}`, productItems }));
  return JSON.stringify({ thumbnailProductRetailerId: 'p-0', sections: all });
}

describe('a type that the channel does not have', () => {
  it.each([
    ['whatsapp', 'txt', 'did you mean "text"?'],
    ['viber', 'text_buton', 'did you mean "text_button"?'],
    [
      'viber',
      'couponTemplate',
      'it has: text, image, video, document, text_button, text_image_button, text_video, text_video_button, text_image',
    ],
    ['messenger', 'quickreply', 'did you mean "quickReply"?'],
  ])('is told at its place, with what is near: %s %s', async (channel, type, hint) => {
    const rest = `message: { type: ${type}, content: { text: Hi } }`;
    const { code, stderr } = await refusedSend({ channel, list: people('x'), rest });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`campaign.yaml:5:18: ${channel} has no message type "${type}"\nhint: ${hint}\n`),
    });
  });
});

describe('telephone numbers where the channel has ids', () => {
  const rest = 'message: { type: text, content: { text: Hi } }';

  it.each(['messenger', 'instagram'])('are refused on %s where they are written as such', async (channel) => {
    const result = await refusedSend({ channel, list: 'to\n+86 138 0010 4729\n', rest }, '--json');
    expect(result.code).toBe(3);
    expect(stoppers(result)).toEqual([
      '2 to ADDRESS_INVALID: this is not the id of a person; write the id that the channel tells: digits only',
    ]);
  });

  it('are doubted where they are digits alone, without telling them', async () => {
    const campaign = join(folder.path, 'digits.yaml');
    await writeFile(join(folder.path, 'digits.csv'), 'to\n8613800104729\n7314482201155301\n');
    await writeFile(
      campaign,
      `channel: messenger\nfrom: "102938475610293"\nrecipients: { file: digits.csv, to: to }\n${rest}\n`,
    );
    const checked = await runInProcess(['check', campaign, '--endpoint', emulator.url]);
    expect(checked.code).toBe(0);
    expect(checked.stdout).toContain(
      'warning  ADDRESS_MAYBE_NUMBER  1\n  row 2  to  "86138****4729"  this reads as a telephone number, and messenger\n',
    );
  });
});
