import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callService, orderShipped, sendMessage } from '../emulator/support/signed-request.ts';
import { callSms, sendBatch, sendSms, verification } from '../emulator/support/sms-request.ts';
import { dayOfChina } from '../support/china-midnight.ts';
import { emulatorEnv } from '../support/emulator-process.ts';
import { startCli } from '../support/run-cli.ts';
import { eventsOf, nothingDone, openWorkbench, type Workbench } from './workbench.ts';

const templateParams = JSON.parse(orderShipped.TemplateParams);

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench[Symbol.asyncDispose]());

/** A port that is free for now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address of this shape.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('emulator', () => {
  it('serves other commands until it is interrupted, then says what it saw', async () => {
    await bench.run(['init', 'ten']);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const args = ['emulator', '--port', String(port), '--latency', '1-5', '--log', 'log.jsonl'];
    const emulator = startCli(args, { cwd: bench.path });
    await emulator.says(`--endpoint ${url}`);
    const send = await bench.run(
      ['send', 'ten/campaign.yaml', '--endpoint', url, '--yes', '--run', 'ten.run', '--json'],
      { env: emulatorEnv },
    );
    expect(eventsOf(send).at(-1)).toMatchObject({ code: 0, balance: { ...nothingDone, rows: 10, accepted: 10 } });
    emulator.kill('SIGINT');
    const { code, stdout, stderr } = await emulator.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe(`EMULATOR at ${url}: nothing leaves this machine, nobody gets a message`);
    expect(stdout).toMatch(/\naccepted 10, throttled 0, most in any second \d+, doubled 0\n$/);
    expect((await bench.read('log.jsonl')).split('\n')).toHaveLength(10 + 1);
  });

  it('holds to the flags for mass sends, session windows and later failures', async () => {
    const flags = ['--mass-quota', '1', '--closed-windows', '100%', '--fail-later', '131049=100%'];
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const emulator = startCli(['emulator', '--port', String(port), ...flags], { cwd: bench.path });
    await emulator.says(`--endpoint ${url}`);
    const free = { TemplateCode: '', Language: '', TemplateParams: '', MessageType: 'text', Content: '{"text":"a"}' };
    const list = { SenderList: JSON.stringify([{ To: orderShipped.To, TemplateParams: templateParams }]) };
    const mass = () => callService(url, { action: 'SendChatappMassMessage', form: { ...orderShipped, ...list } });
    const answers = [await mass(), await mass(), await sendMessage(url, { ...free, Type: 'message' })];
    expect(answers.map(({ body }) => body['Code'])).toEqual(['OK', 'System.LimitControl', 'SessionWindowExpired']);
    const log = await (await fetch(`${url}/_emulator/log`)).text();
    expect(JSON.parse(log)).toMatchObject({ to: orderShipped.To, failure: '131049' });
    emulator.kill('SIGINT');
    const { code, stdout } = await emulator.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/\naccepted 1, throttled 1, .*, mass sends 2, most of them in any second 2\n$/);
  });

  it('holds to the flags for text messages', async () => {
    const day = await dayOfChina();
    const flags = ['--sms-quota', '1', '--sms-limits', 'off', '--sms-delay', '2s', '--sms-undelivered', 'EXPIRED=100%'];
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const emulator = startCli(['emulator', '--port', String(port), '--log', 'log.jsonl', ...flags], {
      cwd: bench.path,
    });
    await emulator.says(`--endpoint ${url}`);
    // More than one code a minute to a number, and more than one call a second of the same operation.
    const numbers = { PhoneNumbers: '13800000001,13800000001', ...verification };
    const codes = [await sendSms(url, numbers), await sendSms(url), await sendBatch(url, ['13800000001'])];
    expect(codes.map(({ body }) => body['Code'])).toEqual(['OK', 'Throttling.User', 'OK']);
    const lines = (await bench.read('log.jsonl')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { channel: 'sms', to: '8613800000001', ending: 'EXPIRED' },
      { channel: 'sms', to: '8613800000001', ending: 'EXPIRED' },
      { channel: 'sms', to: '8613800000001', ending: 'EXPIRED' },
    ]);
    const asked = { PhoneNumber: '13800000001', SendDate: day, PageSize: '1', CurrentPage: '1' };
    const newest = async () => (await callSms(url, 'QuerySendDetails', asked)).body['SmsSendDetailDTOs'];
    expect(await newest()).toMatchObject({ SmsSendDetailDTO: [{ SendStatus: 1 }] });
    await expect
      .poll(newest, { timeout: 20_000 })
      .toMatchObject({ SmsSendDetailDTO: [{ SendStatus: 2, ErrCode: 'EXPIRED' }] });
    emulator.kill('SIGINT');
    const { stdout } = await emulator.ended;
    expect(stdout).toMatch(
      /\naccepted 3, throttled 1, most in any second 0, doubled 1, calls of SendSms 2, most of them in any second [12], calls of SendBatchSms 1, most of them in any second 1\n$/,
    );
  });

  const mistakes: readonly [readonly string[], string][] = [
    [['--port', '99999'], '--port: "99999" is not a whole number from 0 to 65535'],
    [['--latency', '200-50'], '--latency: "200-50" is not a range of milliseconds'],
    [['--mass-quota', '0'], '--mass-quota: "0" is not a whole number from 1 to 1000000'],
    [['--closed-windows', '7'], '--closed-windows: "7" is not a share'],
    [['--fail-later', '131026='], '--fail-later: "131026=" is not a share, nor a code with a share'],
    [['--sms-quota', '0'], '--sms-quota: "0" is not a whole number from 1 to 1000000'],
    [['--sms-limits', 'no'], '--sms-limits: "no" is not on or off'],
    [['--sms-delay', 'soon'], '--sms-delay: "soon" is not a duration'],
    [['--sms-undelivered', 'EXPIRED'], '--sms-undelivered: "EXPIRED" is not a share, nor a code with a share'],
    [['--faults', 'nowhere.yaml'], 'cannot read the faults file "nowhere.yaml"'],
  ];
  it.each(mistakes)('refuses to start with %j', async (args, message) => {
    const { code, stdout, stderr } = await bench.run(['emulator', ...args]);
    expect({ code, stdout, first: stderr.split('\n')[0] }).toEqual({ code: 2, stdout: '', first: `error: ${message}` });
  });

  it('names the place of a mistake among the faults', async () => {
    await bench.write('bad.yaml', 'faults:\n  - fault: cut-afte\n    share: 5%\n');
    const send = await bench.run(['send', 'order-shipped.yaml', '--faults', 'bad.yaml', '--yes']);
    expect(send).toMatchObject({ code: 2, stdout: '' });
    expect(send.stderr).toContain('cut-afte');
    expect(await bench.newFiles()).toEqual(['bad.yaml']);
  });
});
