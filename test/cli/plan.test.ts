import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventOf, eventsOf, nothingDone, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const emulated = (campaign: string, ...flags: readonly string[]) => ['plan', campaign, '--emulator', ...flags];

/** The port of the emulator is another one every time. */
const withoutPort = (text: string) => text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');

describe('plan', () => {
  it('shows on one screen what would go, and freezes it for its owner alone', async () => {
    const plan = await bench.run(emulated('order-shipped.yaml', '--run', 'orders.run'));
    expect(withoutPort(plan.stdout)).toBe(` EMULATOR  nobody receives anything: messages go to http://127.0.0.1:PORT
plan of order-shipped
  rows read   400
  to send     400
  invalid       0
  languages   en 400
  countries   CN 400
  template    order_shipped
  sender      8613867404376 (whatsapp)
  service     EMULATOR at http://127.0.0.1:PORT
  account     key ****
  time        about 5 s at 80/s
  run file    orders.run
first message, to 86138****4729:
╭──────────────────────────────────────────────────────────╮
│ Hi Ann, your order A-1001 left our warehouse on 23 Nov.  │
│                                                          │
│ Thank you for shopping with us                           │
╰──────────────────────────────────────────────────────────╯
`);
    expect(plan).toMatchObject({ code: 0, stderr: 'to hand it over: sendoff send orders.run --emulator\n' });
    expect(await bench.newFiles()).toEqual(['orders.run']);
    expect((await stat(join(bench.path, 'orders.run'))).mode & 0o777).toBe(0o600);
  });

  it('estimates what text messages cost by a list of prices, and refuses what costs too much', async () => {
    await bench.write('prices.csv', 'prefix,price\n86,0.045\n');
    const sms = emulated('sms-order-shipped.yaml', '--rates', 'prices.csv', '--run', 'texts.run');
    const refused = await bench.run([...sms, '--max-spend', '17.99']);
    expect(refused.stderr).toBe(
      'error: the plan may cost 18.00, more than --max-spend 17.99 allows\nhint: check that this is the right list, or raise --max-spend\n',
    );
    expect([refused.code, await bench.newFiles()]).toEqual([3, ['prices.csv']]);
    const plan = await bench.run([...sms, '--max-spend', '18']);
    expect(plan.stdout).toMatch(/^ {2}segments {4}400\n {2}cost {8}18\.00 by the prices of the campaign$/m);
    expect(plan.code).toBe(0);
  });

  it('estimates what templates cost by their category and country, and bounds it', async () => {
    const whatsapp = emulated('order-shipped.yaml', '--rates', 'rates.csv', '--run', 'orders.run');
    const refused = await bench.run([...whatsapp, '--max-spend', '39.99']);
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('the plan may cost 40.00, more than --max-spend 39.99 allows'),
    });
    const plan = await bench.run([...whatsapp, '--max-spend', '40']);
    expect([plan.code, plan.stdout]).toEqual([
      0,
      expect.stringMatching(/^ {2}template {4}order_shipped\n {2}cost {8}40\.00 by the prices of the campaign$/m),
    ]);
    await bench.write('other.csv', 'prefix,category,price\n86,marketing,0.2\n');
    const other = ['plan', 'order-shipped.yaml', '--emulator', '--rates', 'other.csv', '--max-spend', '100'];
    expect(await bench.run(other)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('400 messages go out without a price, so --max-spend 100.00 cannot be kept'),
    });
    const both = await bench.run(['plan', 'order-shipped-or-sms.yaml', '--emulator', '--rates', 'rates.csv']);
    expect(both.stdout).toMatch(/^ {2}cost {8}at most 40\.00 by the prices of the campaign$/m);
  });

  it('keeps the run file in runs, named after the campaign and the time', async () => {
    const plan = await bench.run(emulated('order-shipped.yaml', '--json'));
    const { run } = eventsOf(plan).at(-1) ?? {};
    expect(run).toMatch(/^runs\/order-shipped-\d{4}-\d\d-\d\dT\d{6}Z\.run$/);
    expect(await bench.newFiles()).toEqual(['runs', run]);
  });

  it('tells its balance with the exit event', async () => {
    const plan = await bench.run(emulated('mistakes.yaml', '--skip-invalid', '--run', 'some.run', '--json'));
    expect(eventsOf(plan).at(-1)).toEqual({
      event: 'exit',
      code: 0,
      balance: { ...nothingDone, rows: 20, skipped: 1, invalid: 14, unsent: 5 },
      run: 'some.run',
    });
    expect(eventOf(plan, 'plan')).toMatchObject({ plan: { templates: ['en', 'zh_CN'] }, refused: null });
  });

  it('summarises a list of many mistakes within 24 lines, below the mistakes', async () => {
    const plan = await bench.run(emulated('mistakes.yaml', '--skip-invalid', '--run', 'some.run'));
    const summary = plan.stdout.slice(plan.stdout.indexOf(' EMULATOR '));
    expect(summary.split('\n').length).toBeLessThanOrEqual(24);
    expect(plan.stdout.split('\n')[0]).toBe('error  ADDRESS_INVALID  2');
    expect(plan.code).toBe(0);
  });

  it('needs no credentials with a saved template', async () => {
    const detail = {
      TemplateCode: 'order_shipped',
      Language: 'en',
      AuditStatus: 'pass',
      Components: [{ Type: 'BODY', Text: 'Hi $(name), order $(code) left on $(date).' }],
    };
    await bench.write('detail.json', JSON.stringify(detail));
    const plan = await bench.run([
      ...['plan', 'order-shipped.yaml', '--template-file', 'detail.json', '--run', 'orders.run', '--region'],
      ...['eu-central-1'],
    ]);
    expect(plan).toMatchObject({
      code: 0,
      stderr: 'to hand it over: sendoff send orders.run --region eu-central-1\n',
    });
    expect(plan.stdout).toContain('service     Alibaba Cloud, https://cams.eu-central-1.aliyuncs.com\n');
    expect(plan.stdout).not.toContain('EMULATOR');
  });
});

describe('a plan that is refused leaves no run file', () => {
  const refusals: readonly [string, readonly string[], number, string][] = [
    [
      'for invalid rows',
      ['mistakes.yaml'],
      3,
      'error: 14 of 20 rows are invalid\nhint: mend them (sendoff check --rejected bad.csv writes them out), or leave them out with --skip-invalid\n',
    ],
    [
      'for more invalid rows than allowed',
      ['mistakes.yaml', '--skip-invalid', '--max-invalid', '13'],
      3,
      'error: 14 of 20 rows are invalid, more than --max-invalid 13 allows\nhint: mend the list, or raise --max-invalid\n',
    ],
    [
      'for more messages than allowed',
      ['order-shipped.yaml', '--max-messages', '399'],
      3,
      'error: 400 messages to send, more than --max-messages 399 allows\nhint: check that this is the right list, or raise --max-messages\n',
    ],
    [
      'for a template that is not approved',
      ['order-shipped.yaml', '--language', 'fr'],
      3,
      'error: the campaign cannot be sent as it is\nhint: mend what is listed above\n',
    ],
    [
      'for a list that is not there',
      ['recipient.csv', '--from', '8613867404376', '--to', 'phone', '--template', 'order_shipped', '--language', 'en'],
      2,
      'error: no file "recipient.csv"\nhint: did you mean "recipients.csv"?\n',
    ],
    ['for a campaign that is not there', ['order.yaml'], 2, 'error: no campaign file "order.yaml"\n'],
  ];
  it.each(refusals)('%s', async (_title, args, code, told) => {
    const plan = await bench.run(['plan', ...args, '--emulator', '--run', 'refused.run']);
    expect(plan.code).toBe(code);
    expect(plan.stderr.startsWith(told)).toBe(true);
    expect(await bench.newFiles()).toEqual([]);
  });

  it('and says why in the exit event', async () => {
    const plan = await bench.run(emulated('mistakes.yaml', '--run', 'refused.run', '--json'));
    expect(eventOf(plan, 'plan')).toMatchObject({ refused: '14 of 20 rows are invalid' });
    expect(eventsOf(plan).slice(-2)).toEqual([
      {
        event: 'error',
        code: 'PLAN_REFUSED',
        message: '14 of 20 rows are invalid',
        hint: 'mend them (sendoff check --rejected bad.csv writes them out), or leave them out with --skip-invalid',
      },
      { event: 'exit', code: 3, balance: null, run: null },
    ]);
  });
});

describe('a run file that is there', () => {
  it('is never overwritten', async () => {
    await bench.run(emulated('order-shipped.yaml', '--run', 'orders.run'));
    const before = await bench.read('orders.run');
    const again = await bench.run(emulated('two-languages.yaml', '--run', 'orders.run'));
    expect(again).toMatchObject({ code: 10, stdout: '' });
    expect(again.stderr).toBe(
      'error: the run file "orders.run" exists already\nhint: choose another --run, or go on with it: sendoff resume orders.run\n',
    );
    expect(await bench.read('orders.run')).toBe(before);
    expect(await bench.newFiles()).toEqual(['orders.run']);
  });

  it('cannot be made in a folder that takes none', async () => {
    await bench.write('runs', 'a file where the folder would be');
    const plan = await bench.run(emulated('order-shipped.yaml'));
    expect(plan.code).toBe(2);
    expect(plan.stderr.split('\n')[0]).toMatch(/^error: cannot write the run file "runs\/order-shipped-.*\.run"$/);
  });
});

it('begins no plan after the time it is good for', async () => {
  await bench.run(emulated('order-shipped.yaml', '--run', 'orders.run', '--valid-for', '1s'));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const send = await bench.run(['send', 'orders.run', '--emulator', '--yes']);
  expect(send.code).toBe(10);
  expect(send.stderr).toMatch(
    /^error: the plan was made \S+Z and was valid until \S+Z\nhint: nothing was handed over; check the change and make a new plan\n$/,
  );
});
