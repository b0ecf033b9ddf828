import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dashedDay } from '../../src/domain/sms/parse-china-day.ts';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../../src/emulator/emulator-options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { dayOfChina } from '../support/china-midnight.ts';
import { eventOf, eventsOf, openWorkbench, type Workbench } from './workbench.ts';

const env = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: emulatorAccessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulatorAccessKeySecret,
};

let bench: Workbench;
let emulator: Emulator;
beforeEach(async () => {
  bench = await openWorkbench();
  emulator = await startEmulator({ smsDelayMs: 0, smsUndelivered: { share: 0.1, code: 'MOBILE_NOT_ON_SERVICE' } });
});
afterEach(async () => {
  await emulator.close();
  await bench[Symbol.asyncDispose]();
});

const sms = (...args: string[]) => bench.run(['sms', ...args, '--endpoint', emulator.url], { env });
const banner = () => ` EMULATOR  nobody receives anything: messages go to ${emulator.url}\n`;

async function denying(action: string, args: readonly string[]) {
  const strict = await startEmulator({ denied: [action] });
  try {
    return await bench.run(['sms', ...args, '--endpoint', strict.url], { env });
  } finally {
    await strict.close();
  }
}

describe('sms signs', () => {
  it('lists every sign with its state in one word', async () => {
    expect(await sms('signs', 'list')).toMatchObject({
      code: 0,
      stdout: `sign         state      type        reason
示例商城     approved   通用类型
Sample Shop  approved   通用类型
示例验证     approved   验证码类型
示例物流     approved   通用类型
示例新店     pending    通用类型
示例旧店     rejected   通用类型    文件不能证明信息真实性,请重新上传。
示例撤回     cancelled  通用类型
`,
      stderr: `${banner()}7 signs\n`,
    });
  });

  it('shows a sign with its filings, and names the nearest where there is none', async () => {
    const shown = await sms('signs', 'show', '示例物流');
    expect(shown.stdout).toContain('示例物流  approved\nfiling with the carriers of mainland China\n');
    expect(shown.stdout).toMatch(/China telecom\s+not filed\s+签名未发起报备\n/);
    expect(await sms('signs', 'show', '示例商成', '--quiet')).toMatchObject({
      code: 3,
      stdout: '',
      stderr:
        'error: the account has no sign "示例商成"\n' +
        'hint: list them: sendoff sms signs list; approved and nearest in name: "示例商城", "示例验证", "示例物流"\n',
    });
  });

  it('runs on an emulator of its own', async () => {
    const alone = await bench.run(['sms', 'signs', 'show', '示例新店', '--emulator', '--json']);
    expect(eventsOf(alone)).toMatchObject([
      { event: 'sign', name: '示例新店', status: 'pending' },
      { event: 'exit', code: 0 },
    ]);
  });
});

describe('sms templates', () => {
  it('lists, shows and samples them', async () => {
    const list = await sms('templates', 'list', '--json');
    expect(eventsOf(list).slice(0, -1)).toHaveLength(10);
    expect(eventsOf(list)[9]).toMatchObject({ event: 'template', code: 'SMS_100000010', status: 'cancelled' });
    const shown = await sms('templates', 'show', 'SMS_100000001');
    expect(shown.stdout).toBe(`订单发货通知 (SMS_100000001)  approved  notice
  \${name},您的订单\${code}已于\${date}发出,请留意查收。
variables
  \${name}  name
  \${code}  other_number2
  \${date}  time
signs: 示例商城, Sample Shop, 示例物流
`);
    const sampled = await sms('templates', 'sample', 'SMS_100000001', '--out', 'list.csv');
    expect(sampled).toMatchObject({ code: 0, stdout: '' });
    expect(await bench.read('list.csv')).toBe('\uFEFFphone,name,code,date\r\n"=""8613800000000""",name,code,date\r\n');
  });

  it('samples values that pass the check of the list', async () => {
    await sms('templates', 'sample', 'SMS_100000003', '--out', 'codes.csv');
    const words = ['--channel', 'sms', '--sign', '示例验证', '--template', 'SMS_100000003', '--to', 'phone'];
    const check = await bench.run(['check', 'codes.csv', ...words, '--endpoint', emulator.url], { env });
    expect(check).toMatchObject({ code: 0, stdout: '1 row read, 1 message to send\n' });
  });

  it('names the nearest where there is none of that code', async () => {
    const shown = await sms('templates', 'show', 'SMS_100000011');
    expect(shown.code).toBe(3);
    expect(shown.stderr).toContain('error: the account has no text template "SMS_100000011"\n');
    expect(shown.stderr).toContain('approved and nearest in name: SMS_100000001 "订单发货通知"');
  });
});

describe('what went out', () => {
  it('is told of by row, by number and by day', async () => {
    const today = dashedDay(await dayOfChina());
    const sent = await bench.run(
      ['send', 'sms-order-shipped.yaml', '--yes', '--run', 'orders.run', '--endpoint', emulator.url],
      { env },
    );
    expect(sent.code).toBe(0);
    const accepted = emulator.acceptedSms();
    const total = accepted.length;

    const details = eventsOf(await sms('details', 'orders.run', '--json')).filter(({ event }) => event === 'delivery');
    expect(details).toHaveLength(total);
    expect(details.map(({ row }) => row)).toEqual(Array.from({ length: total }, (_, index) => index + 2));
    const failed = details.filter(({ status }) => status === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]).toMatchObject({ code: 'MOBILE_NOT_ON_SERVICE', cause: expect.stringMatching(/./) });
    const delivered = total - failed.length;
    expect(details.filter(({ status, code }) => status === 'delivered' && code === 'DELIVERED')).toHaveLength(
      delivered,
    );

    const ofYear = await sms('details', 'orders.run', '--date', '2020-02-02');
    expect(ofYear).toMatchObject({ code: 0, stdout: 'no accepted row on 2020-02-02\n' });

    const number = accepted[0]?.to ?? '';
    const ofNumber = await sms('details', number, '--date', today, '--json');
    expect(eventOf(ofNumber, 'delivery')).toMatchObject({
      row: null,
      to: details[0]?.['to'],
      template: 'SMS_100000001',
    });
    expect(await sms('details', '8613812345678', '--quiet')).toMatchObject({
      stdout: `no message to 86138****5678 on ${today}\n`,
    });

    const counted = accepted.reduce((sum, { segments }) => sum + segments, 0);
    const statistics = await sms(
      'statistics',
      '--from',
      today,
      '--to',
      today,
      '--sign',
      '示例商城',
      '--type',
      'notice',
    );
    expect(statistics.stdout).toContain('█ delivered  ▒ failed  ░ waiting\n');
    expect(statistics.stdout).toMatch(new RegExp(`\\n${today} +${counted} .*█+▒+\\n${counted} in all: `));
    const abroad = await sms('statistics', '--from', today, '--to', today, '--globe', '--json');
    expect(eventOf(abroad, 'statistics')).toEqual({
      event: 'statistics',
      from: today,
      to: today,
      totals: { total: 0, delivered: 0, failed: 0, waiting: 0 },
      days: [],
    });
  });

  it.each([
    [['details', 'someone'], '"someone" is neither a run file nor a telephone number'],
    [['details', '8613800000000', '--date', '21.11.2026'], '--date: "21.11.2026" is not a day'],
    [
      ['details', '8613800000000', '--date', '2020-02-02'],
      '--date: 2020-02-02 is too long ago: the service keeps 30 days',
    ],
    [['statistics', '--from', '2026-11-21', '--to', '2026-11-20'], '--from 2026-11-21 is after --to 2026-11-20'],
    [['statistics', '--type', 'news'], '--type: "news" is not a kind of message'],
  ])('is not asked about with %j', async (args, message) => {
    expect(await sms(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('is not asked about for a run of another channel', async () => {
    await bench.run(['plan', 'order-shipped.yaml', '--emulator', '--run', 'chat.run']);
    const details = await sms('details', 'chat.run');
    expect(details).toMatchObject({ code: 2, stderr: expect.stringContaining('"chat.run" went out by whatsapp') });
  });
});

it('refuses to look a run up at a service that it was not planned for', async () => {
  await bench.run(['plan', 'sms-order-shipped.yaml', '--endpoint', emulator.url, '--run', 'orders.run'], { env });
  const elsewhere = await bench.run(['sms', 'details', 'orders.run', '--endpoint', 'https://127.0.0.1:1'], { env });
  expect(elsewhere).toMatchObject({ code: 10, stdout: '' });
  const asOther = { ...env, ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIsomebodyelse' };
  const other = await bench.run(['sms', 'details', 'orders.run', '--endpoint', emulator.url], { env: asOther });
  expect(other).toMatchObject({ code: 10, stdout: '', stderr: expect.stringContaining('account') });
});

describe('sms qualifications', () => {
  /** Names, cards, numbers and pictures of the emulated account. */
  const personal = /李示例|王示例|110000190001|13800000000|https:/;

  it('keep what is personal to themselves', async () => {
    const outputs = await Promise.all([
      sms('qualifications', 'list'),
      sms('qualifications', 'list', '--json'),
      sms('qualifications', 'show', '100000001'),
      sms('qualifications', 'show', '100000001', '--json'),
    ]);
    expect(outputs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const told = outputs.map(({ stdout, stderr }) => (stdout + stderr).replaceAll(emulator.url, ''));
    expect(told.filter((text) => personal.test(text))).toEqual([]);
    expect(outputs[0]?.stdout).toMatch(/100000003 +示例商贸有限公司李\*\* +rejected .*营业执照不清晰/);
    expect(outputs[0]?.stderr).toContain('personal data is masked; --reveal shows it\n');
  });

  it('show it to whoever asks', async () => {
    const shown = await sms('qualifications', 'show', '100000001', '--reveal');
    expect(shown.stdout).toMatch(/legal person +李示例1\n/);
    expect(shown.stdout).toMatch(/admin's phone +13800000000\n/);
    expect(shown.stdout).toContain('https://shop.example.com/files/license.png');
    const list = await sms('qualifications', 'list', '--reveal', '--json');
    expect(eventOf(list, 'qualification')).toMatchObject({ name: '示例商贸有限公司李示例1', legalPerson: '李示例1' });
  });
});

it.each([
  ['QuerySmsSignList', ['signs', 'list']],
  ['GetSmsSign', ['signs', 'show', '示例商城']],
  ['QuerySmsTemplateList', ['templates', 'list']],
  ['GetSmsTemplate', ['templates', 'show', 'SMS_100000001']],
  ['QuerySendDetails', ['details', '8613800000000']],
  ['QuerySendStatistics', ['statistics']],
  ['QuerySmsQualificationRecord', ['qualifications', 'list']],
  ['QuerySingleSmsQualification', ['qualifications', 'show', '100000001']],
])('names the right %s where it is missing', async (operation, args) => {
  const refused = await denying(`dysms:${operation}`, args);
  expect(refused).toMatchObject({
    code: 4,
    stdout: '',
    stderr: expect.stringContaining(`grant dysms:${operation} to`),
  });
});

describe('a campaign that names what is not approved', () => {
  const check = async (from: string, to: string) => {
    await bench.write('other.yaml', (await bench.read('sms-order-shipped.yaml')).replace(from, to));
    return bench.run(['check', 'other.yaml', '--json', '--endpoint', emulator.url], { env });
  };
  const hints = (result: { readonly stdout: string }) =>
    JSON.stringify(eventsOf(result)).match(/approved and nearest in name: [^\]}]*/g)?.[0] ?? '';

  it('is told the approved signs nearest in name', async () => {
    const missing = await check('示例商城', '示例商成');
    expect(missing.code).toBe(3);
    expect(hints(missing)).toContain('\\"示例商城\\", \\"示例验证\\", \\"示例物流\\"');
    expect(hints(await check('示例商城', '示例旧店'))).toContain('\\"示例商城\\"');
  });

  it('is told them by doctor as well', async () => {
    await bench.write('other.yaml', (await bench.read('sms-order-shipped.yaml')).replace('示例商城', '示例商成'));
    const examined = await bench.run(['doctor', 'other.yaml', '--json', '--endpoint', emulator.url], { env });
    const sign = eventsOf(examined).find(({ name }) => name === 'sign');
    expect(sign).toMatchObject({
      fix: expect.stringContaining('approved and nearest in name: "示例商城", "示例验证"'),
    });
  });

  it('is told the approved templates nearest in name', async () => {
    const missing = await check('SMS_100000001', 'SMS_10000001');
    expect(missing.stdout).toContain('the service has no template \\"SMS_10000001\\": ');
    expect(hints(missing)).toContain('SMS_100000001 \\"订单发货通知\\"');
    expect(hints(await check('SMS_100000001', 'SMS_100000008'))).toContain('\\"营业通知\\"');
  });
});
