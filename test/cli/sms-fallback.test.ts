/** Text messages for those whom WhatsApp does not reach, by the built program: all that is told before anything leaves. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/server.ts';
import { emulatorEnv } from '../support/emulator-process.ts';
import { eventOf, eventsOf, openWorkbench, type Workbench } from './workbench.ts';

const sample = 'order-shipped-or-sms.yaml';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
});

/** The sample with other words in it. */
async function changed(from: string, to: string): Promise<string> {
  const text = await bench.read(sample);
  if (!text.includes(from)) throw new Error(`the sample has no "${from}"`);
  await bench.write('changed.yaml', text.replace(from, to));
  return 'changed.yaml';
}

const whatsapp = {
  TemplateCode: 'order_shipped',
  Language: 'en',
  AuditStatus: 'pass',
  Components: [{ Type: 'BODY', Text: 'Hi $(name), order $(code) left on $(date).' }],
};
const texts = {
  TemplateCode: 'SMS_100000001',
  TemplateName: 'shipped',
  TemplateContent: '${name}: ${code}, ${date}',
  TemplateStatus: '1',
  TemplateType: '1',
};

describe('a campaign that falls back to text messages', () => {
  it('is checked for both', async () => {
    expect(await bench.run(['check', sample, '--emulator'])).toMatchObject({
      code: 0,
      stdout: '400 rows read, 400 messages to send\n',
    });
    const columns = 'phone,first_name,code,ship_date';
    await bench.write('recipients.csv', `${columns}\n+85291234567,Lea,A-1,2026-11-23\n13800100001,,A-2,2026-11-23\n`);
    const { code, stdout } = await bench.run(['check', sample, '--emulator', '--json']);
    const findings = eventsOf({ stdout }).flatMap(
      (event) => (event['findings'] as readonly object[] | undefined) ?? [],
    );
    expect(code).toBe(3);
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'SMS_DESTINATION',
          severity: 'error',
          first: [expect.objectContaining({ row: 2, message: expect.stringMatching(/^fallback: /) })],
        }),
        expect.objectContaining({
          code: 'PARAM_MISSING',
          first: [
            expect.objectContaining({ row: 3, message: expect.stringMatching(/^the variable "name" is empty/) }),
            expect.objectContaining({
              row: 3,
              message: expect.stringMatching(/^fallback: the variable "name" is empty/),
            }),
          ],
        }),
      ]),
    );
  });

  it('is planned with what the text messages come to at most, and bounded by what they may cost', async () => {
    await bench.write('rates.csv', 'prefix,price\n86,0.045\n');
    const plan = ['plan', sample, '--emulator', '--rates', 'rates.csv', '--run', 'orders.run'];
    const refused = await bench.run([...plan, '--max-spend', '17.99']);
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('the plan may cost 18.00, more than') });
    const { code, stdout } = await bench.run([...plan, '--max-spend', '18']);
    expect(code).toBe(0);
    expect(stdout).toContain(`
  template    order_shipped
  fallback    text message SMS_100000001, for up to 400, after 131026
  sign        示例商城: mobile filed, unicom filed, telecom filed
  segments    at most 400
  cost        text messages at most 18.00 by the prices of the campaign
  sender      8613867404376 (whatsapp)
`);
    expect(stdout).toContain('about 5 s at 80/s, then text messages at 5000/s');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(24);
    const json = await bench.run(['plan', sample, '--emulator', '--run', 'json.run', '--json']);
    expect(eventOf(json, 'plan')).toMatchObject({
      plan: {
        templates: ['en'],
        signs: [{ name: '示例商城', filings: [{ carrier: 'mobile', status: 'filed' }, {}, {}] }],
        summary: { toSend: 400, segments: 400, requests: null, cost: null },
      },
    });
  });

  it('shows both messages of a row', async () => {
    const { code, stdout } = await bench.run(['preview', sample, '--emulator', '--row', '4']);
    expect(code).toBe(0);
    expect(stdout).toContain('your order A-1003 left our warehouse');
    expect(stdout).toContain('\nfalls back to text message SMS_100000001, signed "示例商城"\n');
    expect(stdout).toContain('【示例商城】朱琳,您的订单A-1003已于11-25发出');
    const json = await bench.run(['preview', sample, '--emulator', '--row', '4', '--json']);
    expect(eventOf(json, 'preview')).toMatchObject({
      row: 4,
      language: 'en',
      fallback: { channel: 'sms', language: null, message: { body: expect.stringContaining('【示例商城】朱琳') } },
    });
  });

  it('is refused before any row where its sign or its template is not approved', async () => {
    for (const [from, to, words] of [
      ['示例商城', '示例新店', 'fallback: the sign "示例新店" is not approved'],
      ['SMS_100000001', 'SMS_9', 'fallback: the service has no template "SMS_9"'],
    ] as const) {
      const { code, stdout } = await bench.run(['check', await changed(from, to), '--emulator']);
      expect([code, stdout]).toEqual([3, expect.stringContaining(words)]);
    }
  });

  it('is examined with both services, and needs the rights of both', async () => {
    const { code, stdout } = await bench.run(['doctor', sample, '--emulator']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok {4}sign +示例商城: approved/m);
    expect(stdout).toMatch(/^ok {4}template +order_shipped \(en\): pass/m);
    expect(stdout).toMatch(/^ok {4}template +SMS_100000001: approved, notice/m);
    const policy = await bench.run(['doctor', sample, '--policy']);
    expect(JSON.parse(policy.stdout).Statement[0].Action).toEqual([
      'cams:GetChatappTemplateDetail',
      'cams:ListChatappMessage',
      'cams:QueryChatappPhoneNumbers',
      'cams:SendChatappMessage',
      'dysms:GetSmsSign',
      'dysms:GetSmsTemplate',
      'dysms:QuerySendDetails',
      'dysms:SendBatchSms',
      'dysms:SendSms',
    ]);
  });

  it('is checked against saved answers of both services without credentials, but for its sign', async () => {
    await bench.write('details.json', JSON.stringify([texts, whatsapp]));
    const check = await bench.run(['check', sample, '--template-file', 'details.json']);
    expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining('400 rows read, 400 messages to send\n') });
    expect(check.stdout).toContain('warning  SMS_SIGN_UNCHECKED  1');
  });

  it.each([
    ['GetSmsTemplate', whatsapp],
    ['GetChatappTemplateDetail', texts],
  ])('needs a saved answer of %s as well', async (operation, only) => {
    await bench.write('detail.json', JSON.stringify(only));
    expect(await bench.run(['check', sample, '--template-file', 'detail.json'])).toMatchObject({
      code: 2,
      stderr: `error: the template file "detail.json" holds no answer of ${operation}\nhint: this campaign goes by two services: save an array with the answers of both\n`,
    });
  });
});

it('reaches by text message whom WhatsApp does not, and reports each row by its channel', async () => {
  const send = ['send', sample, '--faults', 'faults.yaml', '--yes', '--run', 'orders.run'];
  const { code, stdout } = await bench.run(send);
  expect([code, stdout]).toEqual([6, expect.stringContaining('of the accepted, 2 as text message SMS_100000001')]);
  const { stdout: lines } = await bench.runRevealing(['report', 'orders.run', '--jsonl']);
  // A line is an object of the report.
  const rows = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const ways = rows.map((row) => `${row['sendoff_status']} by ${row['sendoff_channel']} as ${row['sendoff_via']}`);
  expect(
    Object.fromEntries(Object.entries(Object.groupBy(ways, (way) => way)).map(([way, all]) => [way, all?.length])),
  ).toEqual({
    'accepted by whatsapp as template': 396,
    'accepted by sms as fallback': 2,
    'rejected by whatsapp as template': 2,
  });
  const texted = rows.filter((row) => row['sendoff_channel'] === 'sms').map((row) => row['sendoff_to']);
  expect(texted).toEqual(['8613800421489', '8613800076560']);
});

describe('a plan with text messages to fall back to', () => {
  it.each([
    [
      'their sign is no longer approved',
      'sms-signs',
      { name: '示例商城', state: 'cancelled' },
      'the sign "示例商城" is no longer approved: cancelled',
    ],
    [
      'their template has changed',
      'sms-templates',
      { code: 'SMS_100000001', content: '${name}: ${code} ${date}' },
      'template "SMS_100000001" has changed since it was planned',
    ],
    [
      'their template is no longer approved',
      'sms-templates',
      { code: 'SMS_100000001', state: 'refused' },
      'template "SMS_100000001" is no longer approved: ',
    ],
    [
      'the template of WhatsApp has changed',
      'templates',
      { TemplateCode: 'order_shipped', Language: 'en', AuditStatus: 'paused' },
      'template "order_shipped" (en) is no longer approved: paused',
    ],
  ])('is stale when %s', async (_what, place, change, words) => {
    await using emulator = await openEmulator();
    const options = { env: emulatorEnv };
    const service = ['--endpoint', emulator.url];
    expect(await bench.run(['plan', sample, '--run', 'orders.run', ...service], options)).toMatchObject({ code: 0 });
    const answer = await fetch(`${emulator.url}/_emulator/${place}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
    expect(answer.status).toBe(200);
    const sent = await bench.run(['send', 'orders.run', '--yes', ...service], options);
    expect([sent.code, sent.stderr]).toEqual([10, expect.stringContaining(words)]);
    expect(emulator.accepted()).toBe(0);
  });
});

it('belongs to both services that it was planned for: in another region one of them would know nothing of it', async () => {
  await bench.write('details.json', JSON.stringify([texts, whatsapp]));
  const plan = ['plan', sample, '--template-file', 'details.json', '--run', 'orders.run'];
  expect(await bench.run(plan)).toMatchObject({ code: 0 });
  // Where WhatsApp is served unless somebody says otherwise, and text messages are not.
  const elsewhere = ['--region', 'ap-southeast-1'];
  for (const words of [
    ['resume', 'orders.run'],
    ['reconcile', 'orders.run', '--resend-missing'],
    ['report', 'orders.run', '--refresh'],
    ['sms', 'details', 'orders.run'],
  ]) {
    expect(await bench.run([...words, ...elsewhere], { env: emulatorEnv })).toMatchObject({
      code: 10,
      stderr: expect.stringContaining(
        'text messages of this run were planned for "https://dysmsapi.aliyuncs.com", not for "https://dysmsapi.ap-southeast-1.aliyuncs.com"',
      ),
    });
  }
});

/** One that lives as long as the test. */
async function openEmulator() {
  const emulator = await startEmulator({});
  return {
    url: emulator.url,
    accepted: () => emulator.stats().accepted,
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
