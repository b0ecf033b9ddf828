import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { emulatorEnv } from '../support/emulator-process.ts';
import { eventsOf, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let emulator: Emulator | undefined;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
  await bench[Symbol.asyncDispose]();
});

async function doctorAt(options: Parameters<typeof startEmulator>[0], ...args: readonly string[]) {
  emulator = await startEmulator(options);
  // The other senders of the emulator look like addresses.
  return bench.runRevealing(['doctor', '--endpoint', emulator.url, ...args], { env: emulatorEnv });
}

/** The port of the emulator is another one every time, and the version of Node.js a matter of the machine. */
const steady = (text: string) =>
  text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT').replace(/(Node\.js +)\d+\.\d+\.\d+/, '$1VERSION');

describe('doctor', () => {
  it('examines a campaign to the end', async () => {
    const doctor = await bench.run(['doctor', 'order-shipped.yaml', '--emulator']);
    expect(steady(doctor.stdout)).toBe(` EMULATOR  nobody receives anything: messages go to http://127.0.0.1:PORT
ok    Node.js      VERSION
ok    credentials  static_ak, key ****
ok    clock        in step with the service
ok    rights       cams:GetChatappTemplateDetail, cams:QueryChatappPhoneNumbers;
                   not tried: cams:SendChatappMessage
ok    template     order_shipped (en): pass, UTILITY, quality GREEN
ok    sender       8613867404376: CONNECTED, quality GREEN, any number of people
ok    recipients   400 people
ok    list         400 rows read, 0 invalid
`);
    expect(doctor).toMatchObject({ code: 0, stderr: '' });
    expect(await bench.newFiles()).toEqual([]);
  });

  it('tells what to mend, and exits 7 where the sender is off', async () => {
    const doctor = await bench.runRevealing([
      ...['doctor', 'order-shipped.yaml', '--emulator', '--from', '8613867400404', '--cust-space-id', 'cams-1'],
      ...['--expect-category', 'MARKETING'],
    ]);
    expect(steady(doctor.stdout)).toBe(` EMULATOR  nobody receives anything: messages go to http://127.0.0.1:PORT
ok    Node.js      VERSION
ok    credentials  static_ak, key ****
ok    clock        in step with the service
ok    rights       cams:GetChatappTemplateDetail, cams:QueryChatappPhoneNumbers,
                   cams:GetWhatsappHealthStatus; not tried:
                   cams:SendChatappMessage
fix   template     the template "order_shipped" in en is filed under UTILITY,
                   and MARKETING is expected
                   fix: check its price and its rules, then change expect.category
fix   sender       the sender 8613867400404 is OFFLINE, so every message would
                   be refused
                   fix: connect it in the console, or use another sender
fix   health       WhatsApp lets no message of this sender pass: PHONE_NUMBER:
                   This phone number is not connected
                   fix: Register the phone number in the console.
look  recipients   400 recipients, and the tier of 8613867400404 allows 250 a
                   day: 250 now, 150 a day later
                   fix: the run stops at the cap and goes on with resume; where the business may reach more, set send.dailyCap
ok    list         400 rows read, 0 invalid
`);
    expect(doctor).toMatchObject({ code: 7, stderr: '' });
  });

  it('tells the senders of the account where no campaign is named, and exits 0', async () => {
    const doctor = await doctorAt({}, '--json');
    expect(doctor.code).toBe(0);
    expect(eventsOf(doctor).slice(-7)).toEqual([
      {
        event: 'examined',
        name: 'sender',
        state: 'ok',
        says: '8613867404376: CONNECTED, quality GREEN, any number of people',
      },
      {
        event: 'examined',
        name: 'sender',
        state: 'ok',
        says: '8613867400250: CONNECTED, quality GREEN, 250 people a day',
      },
      ...['YELLOW', 'FLAGGED', 'RATE_LIMITED', 'OFFLINE'].map((word) =>
        expect.objectContaining({ name: 'sender', state: 'look', says: expect.stringContaining(word) }),
      ),
      { event: 'exit', code: 0, balance: null, run: null },
    ]);
  });

  it('exits 4 where a right is missing, and says which', async () => {
    const doctor = await doctorAt({ denied: ['cams:QueryChatappPhoneNumbers'] }, 'order-shipped.yaml');
    expect(doctor).toMatchObject({ code: 4, stderr: '' });
    expect(doctor.stdout).toContain(`fix   rights       cams:QueryChatappPhoneNumbers is missing
                   fix: grant cams:QueryChatappPhoneNumbers to the RAM user or role; sendoff doctor --policy prints a policy
ok    template     order_shipped (en): pass, UTILITY, quality GREEN
ok    recipients   400 people
`);
  });

  it.each([
    [1_200_000, 'behind'],
    [-1_200_000, 'ahead of'],
  ])('exits 4 where the clock is so far off that every request is refused: %d ms', async (clockSkewMs, where) => {
    const doctor = await doctorAt({ clockSkewMs }, 'order-shipped.yaml');
    expect(doctor).toMatchObject({ code: 4, stderr: '' });
    expect(doctor.stdout).toContain(`fix   clock        this machine is 20 min ${where} the service, which refuses`);
    expect(doctor.stdout).toContain('fix   service      the service refuses: InvalidTimeStamp.Expired:');
  });

  it('exits 4 where there are no credentials, and shows none where there are', async () => {
    emulator = await startEmulator();
    const env = { HOME: bench.path, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' };
    const without = await bench.run(['doctor', '--endpoint', emulator.url], { env });
    expect(without).toMatchObject({ code: 4, stderr: '' });
    expect(without.stdout).toContain('fix   credentials  no credentials found\n');
    const env2 = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI5tWrongKeyWrong', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'very-secret' };
    const wrong = await bench.run(['doctor', '--endpoint', emulator.url], { env: env2 });
    expect(wrong).toMatchObject({ code: 4, stderr: '' });
    expect(wrong.stdout).toContain('ok    credentials  default/env, key LTAI****rong\n');
    expect(wrong.stdout).toContain('fix   service      the service refuses: InvalidAccessKeyId.NotFound:');
    expect(wrong.stdout).not.toContain('very-secret');
  });

  it('prints the policy of a campaign and asks nobody', async () => {
    const policy = await bench.run(['doctor', 'order-shipped.yaml', '--policy', '--cust-space-id', 'cams-1']);
    expect(JSON.parse(policy.stdout)).toEqual({
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'cams:GetChatappTemplateDetail',
            'cams:GetWhatsappHealthStatus',
            'cams:ListChatappMessage',
            'cams:QueryChatappPhoneNumbers',
            'cams:SendChatappMessage',
          ],
          Resource: '*',
        },
      ],
    });
    expect(policy).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints the policy of mass sending without a campaign', async () => {
    const policy = await bench.run(['doctor', '--policy', '--mode', 'mass']);
    expect(JSON.parse(policy.stdout).Statement[0].Action).toEqual([
      'cams:GetChatappTemplateDetail',
      'cams:ListChatappMessage',
      'cams:QueryChatappPhoneNumbers',
      'cams:SendChatappMassMessage',
    ]);
    expect(await bench.run(['doctor', '--policy', '--mode', 'bulk'])).toMatchObject({
      code: 2,
      stderr: 'error: --mode: "bulk" is not a mode\nhint: write single or mass\n',
    });
  });

  it('refuses a campaign that it cannot read before it examines anything', async () => {
    expect(await bench.run(['doctor', 'nothing.yaml', '--emulator'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('error: no campaign file "nothing.yaml"'),
    });
  });
});
