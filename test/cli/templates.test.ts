import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import {
  type EmulatorOptions,
  emulatorAccessKeyId,
  emulatorAccessKeySecret,
} from '../../src/emulator/emulator-options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { startCli } from '../support/run-cli.ts';
import { eventsOf, openWorkbench, type Workbench } from './workbench.ts';

const env = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: emulatorAccessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulatorAccessKeySecret,
};

let bench: Workbench;
let emulator: Emulator;
beforeEach(async () => {
  bench = await openWorkbench();
  emulator = await startEmulator({ reviewMs: 100 });
});
afterEach(async () => {
  await emulator.close();
  await bench[Symbol.asyncDispose]();
});

async function startEmulatorWith(options: EmulatorOptions): Promise<Emulator & AsyncDisposable> {
  const started = await startEmulator(options);
  return { ...started, [Symbol.asyncDispose]: () => started.close() };
}

const templates = (...args: string[]) => bench.run(['templates', ...args, '--endpoint', emulator.url], { env });
const banner = () => ` EMULATOR  nobody receives anything: messages go to ${emulator.url}\n`;

it('takes a template from its file to the reader', async () => {
  const created = await templates('create', '-f', 'template-summer-sale.yaml', '--wait');
  const [, code = ''] = /^created summer_sale in en: code (\d+), in review\n/.exec(created.stdout) ?? [];
  expect(created).toMatchObject({
    code: 0,
    stdout: `created summer_sale in en: code ${code}, in review\napproved in en\n`,
    stderr: banner(),
  });

  const list = await templates('list', '--name', 'summer_sale', '--status', 'approved', '--category', 'marketing');
  expect(list.stdout).toBe(`code           name         language  state     category   type      reason
${code}  summer_sale  en        approved  MARKETING  WHATSAPP
`);

  const shown = await templates('show', 'summer_sale');
  expect(shown.stdout).toContain(`summer_sale (${code})  en  approved  MARKETING  quality UNKNOWN`);
  expect(shown.stdout).toContain('│ [link] Shop now: https://shop.example.com/s/$(link)      │');
  expect(shown.stdout).toContain('  $(until)     the body              such as 31 August\n');

  const sample = await templates('sample', 'summer_sale', '--out', 'list.csv');
  expect(sample).toMatchObject({ code: 0, stdout: '' });
  expect(await bench.read('list.csv')).toBe(
    '\uFEFFphone,image,name,discount,until,link\r\n' +
      '"=""8613800000000""",https://shop.example.com/media/summer.jpg,Ann,"=""20%""","=""31 August""",summer?c=1001\r\n',
  );

  const campaign = ['list.csv', '--from', '8613867404376', '--template', code, '--language', 'en', '--to', 'phone'];
  const sent = await bench.run(['send', ...campaign, '--yes', '--endpoint', emulator.url], { env });
  expect(sent.code).toBe(0);
  expect(emulator.accepted()).toMatchObject([
    {
      to: '8613800000000',
      templateCode: code,
      params: {
        image: 'https://shop.example.com/media/summer.jpg',
        name: 'Ann',
        discount: '20%',
        until: '31 August',
        link: 'summer?c=1001',
      },
    },
  ]);
});

describe('templates list', () => {
  it('goes over all pages', async () => {
    const all = await templates('list', '--json');
    expect(eventsOf(all).filter(({ event }) => event === 'template').length).toBe(19);
    expect(eventsOf(all).at(-1)).toEqual({ event: 'exit', code: 0, balance: null, run: null });
  });

  it('says so where nothing fits', async () => {
    expect(await templates('list', '--language', 'vi')).toMatchObject({ code: 0, stdout: 'no template fits\n' });
  });

  it.each([
    [['--status', 'aproved'], 'error: --status: no state "aproved"\nhint: did you mean "approved"?\n'],
    [
      ['--category', 'OTP'],
      'error: --category: "OTP" is none of UTILITY, MARKETING, AUTHENTICATION\nhint: write UTILITY\n',
    ],
  ])('refuses %j', async (flags, told) => {
    expect(await templates('list', ...flags)).toMatchObject({ code: 2, stdout: '', stderr: told });
  });
});

describe('templates show', () => {
  it('draws one language, with the reason of its refusal', async () => {
    expect((await templates('show', 'order_shipped', '--language', 'de')).stdout).toBe(
      `order_shipped  de  refused  UTILITY  quality UNKNOWN
reason: INVALID_FORMAT
╭──────────────────────────────────────────────────────────╮
│ Hallo $(name), Ihre Bestellung $(code) hat unser Lager   │
│ am $(date) verlassen.                                    │
│                                                          │
│ Vielen Dank                                              │
╰──────────────────────────────────────────────────────────╯
variables
  $(name)  the body  such as Ann
  $(code)  the body  such as A-1001
  $(date)  the body  such as 21 Nov
`,
    );
  });

  it.each([
    [['order_shiped'], 'error: no template "order_shiped"\nhint: did you mean "order_shipped"?\n'],
    [
      ['order_shipped', '--language', 'it'],
      'error: template "order_shipped" has no language "it"\nhint: it has: en, en_US, zh_CN, es, pt_BR, de, fr\n',
    ],
  ])('says what there is instead of %j', async (args, told) => {
    expect(await templates('show', ...args)).toMatchObject({ code: 3, stdout: '', stderr: banner() + told });
  });
});

it('compares two languages', async () => {
  expect((await templates('diff', 'order_shipped', 'en', 'en_US')).stdout).toBe(
    `variables: the same in en and en_US
parts that differ
  body
    en     Hi $(name), your order $(code) left our warehouse on $(date).
    en_US  Hi $(name), your order $(code) shipped on $(date).
`,
  );
});

describe('templates create', () => {
  it('draws a draft and asks nobody with --dry-run', async () => {
    const drawn = await bench.run(['templates', 'create', '-f', 'template-welcome-offer.yaml', '--dry-run']);
    expect(drawn).toMatchObject({
      code: 0,
      stdout: `welcome_offer  en  draft  MARKETING
╭──────────────────────────────────────────────────────────╮
│ Hi $(name), here is your welcome coupon. Show it at the  │
│ till or use it online.                                   │
├──────────────────────────────────────────────────────────┤
│ [offer] Welcome offer                                    │
├──────────────────────────────────────────────────────────┤
│ [copy] Copy code: $(coupon)                              │
│ [link] Shop now: https://shop.example.com/               │
╰──────────────────────────────────────────────────────────╯
variables
  $(name)    the body         such as Ann
  $(coupon)  the coupon code  such as WELCOME20
`,
      stderr: 'nothing was handed in: --dry-run\n',
    });
  });

  it('tells a mistake with its place, and hands nothing in', async () => {
    await bench.write('bad.yaml', 'name: bad\ncategory: UTILITY\nlanguage: en\nbody: Hi {{1}}, welcome.\n');
    const told = 'error: bad.yaml:4:7: the body has "{{1}}"\nhint: a variable is written $(1)\n';
    expect(await templates('create', '-f', 'bad.yaml')).toMatchObject({ code: 2, stdout: '', stderr: told });
    const events = eventsOf(await templates('create', '-f', 'bad.yaml', '--json'));
    expect(events.map(({ event }) => event)).toEqual(['mistake', 'error', 'exit']);
    expect((await templates('list', '--name', 'bad')).stdout).toBe('no template fits\n');
  });

  it('ends with 7 and the reason where the review refuses, and modify hands it in again', async () => {
    await bench.write('t.yaml', 'name: reject_me\ncategory: UTILITY\nlanguage: en\nbody: Welcome.\n');
    expect(await templates('create', '-f', 't.yaml', '--wait')).toMatchObject({
      code: 7,
      stderr: `${banner()}error: refused in en: INVALID_FORMAT
hint: mend "t.yaml" and hand it in again: sendoff templates modify -f t.yaml --wait
`,
    });
    const modified = await templates('modify', '-f', 't.yaml');
    expect(modified.code).toBe(0);
    expect(modified.stdout).toMatch(/^modified reject_me in en: code \d+, in review\n$/);
  });

  it('hands several languages in, one after the other, and follows each', async () => {
    const { code, stdout } = await templates('create', '-f', 'template-order-update.yaml', '--wait', '1h', '--json');
    expect(code).toBe(0);
    const told = eventsOf({ stdout }).map(({ event, language }) => `${event} ${language}`);
    expect(told).toEqual(['created en', 'created zh_CN', 'reviewed en', 'reviewed zh_CN', 'exit undefined']);
  });
});

it('leaves the review to itself when it is interrupted', async () => {
  await using slow = await startEmulatorWith({ reviewMs: 3_600_000 });
  const args = ['templates', 'create', '-f', 'template-sign-in-code.yaml', '--wait', '--endpoint', slow.url];
  const waiting = startCli(args, { cwd: bench.path, env });
  await waiting.says('in review');
  waiting.kill('SIGINT');
  expect(await waiting.ended).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('the review goes on without us: sendoff templates list --status reviewing\n'),
  });
});

it('stops waiting at the end of its time', async () => {
  await using slow = await startEmulatorWith({ reviewMs: 3_600_000 });
  const args = ['templates', 'create', '-f', 'template-sign-in-code.yaml', '--wait', '1s', '--endpoint', slow.url];
  expect(await bench.run(args, { env })).toMatchObject({ code: 8, stdout: expect.not.stringContaining('approved') });
});

it('modifies nothing that is approved', async () => {
  await bench.write(
    't.yaml',
    'name: order_shipped\ncategory: UTILITY\nlanguage: en\nbody: Your order is on its way.\n',
  );
  expect(await templates('modify', '-f', 't.yaml')).toMatchObject({
    code: 3,
    stdout: '',
    stderr: `${banner()}error: "order_shipped" in "en" is approved
hint: only what is not reviewed yet or was refused can be modified: create it under another name
`,
  });
});

interface Asked {
  readonly code: number;
  readonly shown: string;
  readonly answered: string;
}

/** `templates delete invoice` on a terminal at which a person types. */
async function deleteInvoiceTyping(answer: string): Promise<Asked> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true });
  const stdout = new PassThrough();
  let shown = '';
  stderr.on('data', (chunk) => {
    shown += String(chunk);
    if (String(chunk).includes('Type ')) stdin.write(`${answer}\n`);
  });
  const code = await runProgram({
    args: ['templates', 'delete', 'invoice', '--language', 'en', '--emulator'],
    env: { NO_COLOR: '1' },
    stdin,
    stdout,
    stderr,
    onInterrupt: () => () => {},
    exitNow: (left) => {
      throw new Error(`left with ${left}`);
    },
  });
  return { code, shown, answered: String(stdout.read() ?? '') };
}

describe('templates delete', () => {
  it('asks a person for the name, after telling what it is', async () => {
    const { code, shown, answered } = await deleteInvoiceTyping('invoice');
    expect({ code, answered }).toEqual({ code: 0, answered: 'deleted invoice in en\n' });
    expect(shown).toContain('to be deleted: invoice  invoice  en  approved  UTILITY\n');
    expect(shown).toContain('Type invoice to delete, anything else to leave: ');
  });

  it('leaves where a person types something else', async () => {
    const { code, shown, answered } = await deleteInvoiceTyping('yes');
    expect({ code, answered }).toEqual({ code: 2, answered: '' });
    expect(shown).toContain('error: nothing was deleted: not confirmed\n');
  });

  it.each([
    [[], 2, 'error: template "invoice" has: en\nhint: say which: --language <code>, or --all-languages\n'],
    [
      ['--language', 'en'],
      2,
      `to be deleted: invoice  invoice  en  approved  UTILITY
error: nothing was deleted: there is no terminal to confirm on
hint: confirm with --yes: sendoff templates delete invoice --language en --yes
`,
    ],
  ])('deletes nothing with %j', async (flags, code, told) => {
    expect(await templates('delete', 'invoice', ...flags)).toMatchObject({ code, stdout: '', stderr: banner() + told });
    expect((await templates('list', '--name', 'invoice')).stdout).toContain('invoice  invoice  en');
  });

  it('refuses one language and all of them at once', async () => {
    const both = await templates('delete', 'invoice', '--language', 'en', '--all-languages', '--yes');
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('contradict each other') });
  });

  it('names what it deletes', async () => {
    const one = await templates('delete', 'order_shipped', '--language', 'es', '--yes');
    expect(one).toMatchObject({ code: 0, stdout: 'deleted order_shipped in es\n' });
    const all = await templates('delete', 'order_shipped', '--all-languages', '--yes');
    expect(all.stdout).toBe(
      ['en', 'en_US', 'zh_CN', 'pt_BR', 'de', 'fr']
        .map((language) => `deleted order_shipped in ${language}\n`)
        .join(''),
    );
    expect((await templates('list', '--name', 'order_shipped')).stdout).toBe('no template fits\n');
  });
});
