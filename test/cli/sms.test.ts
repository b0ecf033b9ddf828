/** Text messages by the built program, from the check to the report. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/server.ts';
import { emulatorEnv } from '../support/emulator-process.ts';
import { eventOf, nothingDone, openWorkbench, type Workbench } from './workbench.ts';

const sample = 'sms-order-shipped.yaml';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
});

const steady = (text: string) =>
  text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT').replace(/(Node\.js +)\d+\.\d+\.\d+/, '$1VERSION');

/** The sample with other words in it. */
async function changed(from: string, to: string): Promise<string> {
  const text = await bench.read(sample);
  if (!text.includes(from)) throw new Error(`the sample has no "${from}"`);
  await bench.write('changed.yaml', text.replace(from, to));
  return 'changed.yaml';
}

describe('a campaign of text messages', () => {
  it('is checked and planned, with its segments and requests', async () => {
    expect(await bench.run(['check', sample, '--emulator'])).toMatchObject({
      code: 0,
      stdout: '400 rows read, 400 messages to send\n',
    });
    const plan = await bench.run(['plan', sample, '--emulator', '--run', 'sms.run']);
    expect(plan.code).toBe(0);
    expect(steady(plan.stdout)).toContain(`  countries   CN 400
  template    SMS_100000001
  sign        示例商城: mobile filed, unicom filed, telecom filed
  segments    400
  requests    4; one missing answer makes all its rows unknown
`);
    expect(plan.stdout).toContain('│ 【示例商城】Ann,您的订单A-1001已于11-23发出,请留意查收。 │');
  });

  it('is planned at one row a request with --batch off, also where the file says on', async () => {
    await bench.write('on.yaml', (await bench.read(sample)).replace('send:', 'send:\n  batch: on'));
    for (const campaign of [sample, 'on.yaml']) {
      const plan = await bench.run(['plan', campaign, '--emulator', '--run', `${campaign}.run`, '--batch', 'off']);
      expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('\n  requests    400\n')]);
    }
  });

  it('goes out one row a request once resumed with --batch off', async () => {
    await using emulator = await openEmulator();
    const begin = ['send', sample, '--yes', '--run', 'sms.run', '--limit', '200', ...emulator.flags];
    await bench.run(begin, emulator);
    const resumed = await bench.run(['resume', 'sms.run', '--yes', '--batch', 'off', ...emulator.flags], emulator);
    expect(resumed.code).toBe(0);
    const { stdout } = await bench.runRevealing(['report', 'sms.run', '--jsonl']);
    const ids = stdout.match(/\d+\^0/g) ?? [];
    expect([ids.length, new Set(ids).size]).toEqual([400, 202]);
  });

  it('is drawn with its sign', async () => {
    const preview = await bench.run(['preview', sample, '--emulator', '--row', '4']);
    expect(preview).toMatchObject({ code: 0, stdout: expect.stringContaining('signed "示例商城"') });
    expect(preview.stdout).toContain('【示例商城】朱琳,您的订单A-1003已于11-25发出');
  });

  it('goes out in shared requests, and is reported row by row', async () => {
    await using emulator = await openEmulator();
    const sent = await bench.run(['send', sample, '--yes', '--run', 'sms.run', '--json', ...emulator.flags], emulator);
    const balance = { ...nothingDone, rows: 400, accepted: 400 };
    expect([sent.code, eventOf(sent, 'exit')]).toEqual([0, { event: 'exit', code: 0, balance, run: 'sms.run' }]);

    expect((await bench.run(['status', 'sms.run'])).stdout).toContain('accepted  400');
    const { stdout } = await bench.runRevealing(['report', 'sms.run', '--jsonl']);
    // A line is an object of the report.
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows[0]).toMatchObject({
      phone: '8613800104729',
      sendoff_status: 'accepted',
      sendoff_channel: 'sms',
      sendoff_message_id: expect.stringMatching(/^\d+\^0$/),
    });
    expect(new Set(rows.map((row) => row['sendoff_message_id'])).size).toBe(4);
    // The same run file again sends nothing.
    const again = await bench.run(['send', sample, '--yes', '--run', 'sms.run', ...emulator.flags], emulator);
    expect(again.code).toBe(0);
    expect(emulator.accepted()).toBe(400);
  });

  it('is made of a list and flags', async () => {
    const words = ['--channel', 'sms', '--sign', '示例商城', '--template', 'SMS_100000001', '--to', 'phone'];
    const params = ['--param', 'name=first_name', '--param', 'date=ship_date'];
    expect(await bench.run(['check', 'recipients.csv', ...words, ...params, '--emulator'])).toMatchObject({
      code: 0,
      stdout: '400 rows read, 400 messages to send\n',
    });
  });

  it('is checked against a saved template without credentials, but for its sign', async () => {
    const detail = {
      TemplateCode: 'SMS_100000001',
      TemplateName: 'shipped',
      TemplateContent: '${name}: ${code}, ${date}',
      TemplateStatus: '1',
      TemplateType: '1',
    };
    await bench.write('detail.json', JSON.stringify(detail));
    const check = await bench.run(['check', sample, '--template-file', 'detail.json']);
    expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining('400 rows read, 400 messages to send\n') });
    expect(check.stdout).toContain('warning  SMS_SIGN_UNCHECKED  1');
    await bench.write('detail.json', '{"TemplateName":"shipped"}');
    expect(await bench.run(['check', sample, '--template-file', 'detail.json'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('save an answer of GetSmsTemplate, or an array of them, as it came'),
    });
  });

  it('is told of a template that is missing, without a language', async () => {
    const { code, stdout } = await bench.run(['check', await changed('SMS_100000001', 'SMS_9'), '--emulator']);
    expect([code, stdout]).toEqual([3, expect.stringContaining('the service has no template "SMS_9": ')]);
    expect(stdout).not.toContain('language');
  });

  it('is refused with a sign that is not approved, before any row', async () => {
    const file = await changed('示例商城', '示例新店');
    const plan = await bench.run(['plan', file, '--emulator', '--run', 'sms.run']);
    expect(plan.code).toBe(3);
    expect(plan.stdout + plan.stderr).toContain('the sign "示例新店" is not approved, its state is pending');
    expect(await bench.newFiles()).toEqual(['changed.yaml']);
  });

  it('names the cell of a value that the service would refuse', async () => {
    await bench.write(
      'few.csv',
      'phone,first_name,code,ship_date\n8613800104729,见 https://a.example,A-1,2026-11-23\n',
    );
    const check = await bench.run(['check', await changed('recipients.csv', 'few.csv'), '--emulator']);
    expect(check.code).toBe(3);
    expect(check.stdout).toContain('error  SMS_PARAM_LINK  1\n  row 2  first_name');
  });

  it('is examined by doctor, with the filings of its sign', async () => {
    const doctor = await bench.run(['doctor', sample, '--emulator']);
    expect(steady(doctor.stdout)).toBe(` EMULATOR  nobody receives anything: messages go to http://127.0.0.1:PORT
ok    Node.js      VERSION
ok    credentials  static_ak, key ****
ok    clock        in step with the service
ok    rights       dysms:GetSmsTemplate, dysms:GetSmsSign; not tried:
                   dysms:SendSms, dysms:SendBatchSms
ok    sign         示例商城: approved, mobile filed, unicom filed, telecom filed
ok    template     SMS_100000001: approved, notice
ok    recipients   400 people
ok    list         400 rows read, 0 invalid
`);
    expect(doctor).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['示例新店', 7, 'fix   sign         the sign "示例新店" is not approved, its state is pending'],
    ['示例物流', 0, 'look  sign         the sign "示例物流" is not filed with China telecom'],
    ['没有这个', 7, 'fix   sign         the account has no sign "没有这个"'],
  ])('has doctor tell what is wrong with the sign %s', async (sign, code, line) => {
    const doctor = await bench.run(['doctor', await changed('示例商城', sign), '--emulator']);
    expect([doctor.code, doctor.stdout]).toEqual([code, expect.stringContaining(line)]);
  });

  it('has doctor name the right that is missing', async () => {
    await using emulator = await openEmulator({ denied: ['dysms:GetSmsSign'] });
    const doctor = await bench.run(['doctor', sample, ...emulator.flags], emulator);
    expect([doctor.code, doctor.stdout]).toEqual([
      4,
      expect.stringContaining('fix   rights       dysms:GetSmsSign is missing'),
    ]);
  });
});

/** One that lives as long as the test. */
async function openEmulator(options: Parameters<typeof startEmulator>[0] = {}) {
  const emulator = await startEmulator(options);
  return {
    env: emulatorEnv,
    flags: ['--endpoint', emulator.url],
    accepted: () => emulator.stats().accepted,
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
