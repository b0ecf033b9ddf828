/** Whatever must keep a run from beginning: the code it ends with, and that nobody was written to. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBalance, readBooks } from '../support/books.ts';
import { type EmulatorProcess, emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { type CampaignFiles, type TemporaryFolder, temporaryFolder, writeCampaign } from '../support/lists.ts';
import { type CliResult, runCli, startCli } from '../support/run-cli.ts';

/** The last line of `--json`. */
function exitEvent({ stdout }: CliResult): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

const rows = 5;
const untouched = { rows, accepted: 0, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: rows };
const finished = { ...untouched, accepted: rows, unsent: 0 };

describe('a run that must not begin', { timeout: 180_000 }, () => {
  let folder: TemporaryFolder;
  let emulator: EmulatorProcess;
  let files: CampaignFiles;
  let lists = 0;

  beforeAll(async () => {
    folder = await temporaryFolder();
    emulator = await openEmulatorProcess({ folder: folder.path });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    lists += 1;
    files = await writeCampaign(folder.path, { name: `list-${lists}`, rows, firstNumber: lists * 100 });
  });

  const run = (
    command: string,
    target: string,
    more: readonly string[] = [],
    env: Record<string, string> = emulatorEnv,
  ) => runCli([command, target, '--json', '--endpoint', emulator.url, ...more], { cwd: folder.path, env });
  const plan = (...more: string[]) => run('plan', files.campaign, ['--run', files.run, ...more]);
  const send = (...more: string[]) => run('send', files.run, ['--yes', ...more]);

  async function expectUntouched(result: CliResult, code: number, words: string): Promise<void> {
    expect(result.stderr).toContain(words);
    expect(result).toMatchObject({ code, signal: null });
    expect(exitEvent(result)).toMatchObject({ event: 'exit', code, run: files.run });
    expect(await readBooks(files.run, await emulator.accepted())).toMatchObject({
      balance: untouched,
      contradictions: [],
      logged: [],
    });
  }

  it('ends with 4 when the secret is wrong', async () => {
    await plan();
    const env = { ...emulatorEnv, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'another' };
    await expectUntouched(await run('send', files.run, ['--yes'], env), 4, 'SignatureDoesNotMatch');
  });

  it('ends with 4 when there are no credentials', async () => {
    await plan();
    const env = {
      HOME: folder.path,
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
      ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'true',
    };
    await expectUntouched(await run('send', files.run, ['--yes'], env), 4, 'no credentials found');
  });

  it('ends with 10 when the plan has expired', async () => {
    await plan('--valid-for', '1s');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await expectUntouched(await send(), 10, 'was valid until');
  });

  it('ends with 10 when the list was edited after it was planned', async () => {
    await plan();
    await appendFile(files.list, '8613899999999,Late,A-9,21 Nov\n');
    await expectUntouched(await send(), 10, 'has changed since it was planned');
  });

  it('is not looked up in another space than it was planned for', async () => {
    await plan('--cust-space-id', 'cams-one');
    const another = ['--cust-space-id', 'cams-two'];
    await expectUntouched(await run('resume', files.run, ['--yes', ...another]), 2, 'make a new plan');
    const reconciled = await run('reconcile', files.run, another);
    const words = 'this run belongs to the space "cams-one", not to "cams-two"';
    expect([reconciled.code, reconciled.stderr]).toEqual([10, expect.stringContaining(words)]);
    expect(await run('reconcile', files.run, ['--cust-space-id', 'cams-one'])).toMatchObject({ code: 8 });
  });

  it('sends a plan whose list is no longer there: it holds all that is needed', async () => {
    await plan();
    await rm(files.list);
    expect(await send()).toMatchObject({ code: 0 });
    expect(await readBalance(files.run)).toEqual(finished);
  });

  it('ends with 10 when --run holds another list', async () => {
    await plan();
    const other = await writeCampaign(folder.path, { name: `other-${lists}`, rows, firstNumber: 90_000 });
    const result = await run('send', other.campaign, ['--run', files.run, '--yes']);
    await expectUntouched(result, 10, 'holds another list');
  });

  it('ends with 10 when --run holds another campaign', async () => {
    await plan();
    const text = await readFile(files.campaign, 'utf8');
    await writeFile(files.campaign, text.replace('language: en', 'language: en_US'));
    const result = await run('send', files.campaign, ['--run', files.run, '--yes']);
    await expectUntouched(result, 10, 'holds another campaign');
  });

  it('sends nothing and ends with 0 when a finished run is named again', async () => {
    const again = () => run('send', files.campaign, ['--run', files.run, '--yes']);
    expect(await again()).toMatchObject({ code: 0 });
    const second = await again();
    expect(exitEvent(second)).toEqual({ event: 'exit', code: 0, balance: finished, run: files.run });
    expect(await readBooks(files.run, await emulator.accepted())).toMatchObject({
      contradictions: [],
      logged: files.addresses,
    });
    const third = await run('send', files.campaign, ['--run', files.run, '--yes', '--error-on-nothing']);
    expect(third).toMatchObject({ code: 9 });
  });

  it('needs no credentials to say that a run is finished', async () => {
    await plan();
    await send();
    const env = { HOME: folder.path, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' };
    expect(await run('send', files.run, ['--yes'], env)).toMatchObject({ code: 0 });
  });

  it('ends with 11 while another process sends, and leaves that one alone', async () => {
    await plan();
    const first = startCli(['send', files.run, '--yes', '--endpoint', emulator.url, '--rate', '2/s'], {
      cwd: folder.path,
      env: emulatorEnv,
    });
    await first.says('EMULATOR: 0 of');
    // Held where it is, so that it cannot be done before the second one looks.
    first.kill('SIGSTOP');
    const second = await run('resume', files.run, ['--yes']);
    first.kill('SIGCONT');
    expect(second).toMatchObject({ code: 11 });
    expect(exitEvent(second)).toMatchObject({ event: 'exit', code: 11, run: files.run });
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(await readBooks(files.run, await emulator.accepted())).toMatchObject({
      balance: finished,
      contradictions: [],
      logged: files.addresses,
    });
  });

  describe('for its template', () => {
    const order = { TemplateCode: 'order_shipped', Language: 'en' };
    const body = 'Hi $(name), your order $(code) left our warehouse on $(date).';
    const footer = { Type: 'FOOTER', Text: 'Thank you for shopping with us' };

    afterEach(() =>
      emulator.changeTemplate({
        ...order,
        AuditStatus: 'pass',
        Components: [{ Type: 'BODY', Text: body }, footer],
      }),
    );

    it('ends with 10 when the text has changed since it was planned', async () => {
      await plan();
      await emulator.changeTemplate({ ...order, Components: [{ Type: 'BODY', Text: `${body} Bye.` }, footer] });
      await expectUntouched(await send(), 10, 'has changed since it was planned');
    });

    it('ends with 10 when it is no longer approved', async () => {
      await plan();
      await emulator.changeTemplate({ ...order, AuditStatus: 'paused' });
      await expectUntouched(await send(), 10, 'is no longer approved: paused');
    });
  });
});
