/** A run belongs to the account it was made with: whoever comes with other credentials is refused, and nothing leaves. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRunReader } from '../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { eventOf } from '../cli/workbench.ts';
import { readBalance } from '../support/books.ts';
import { type CampaignFiles, type TemporaryFolder, temporaryFolder, writeCampaign } from '../support/lists.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';

/** Two accounts: a key pair each, and a service that knows no other. */
const ann = { accessKeyId: 'LTAI5tAnnAnnAnnAnn01', accessKeySecret: 'secret-of-ann-7f3e' };
const bob = { accessKeyId: 'LTAI5tBobBobBobBob02', accessKeySecret: 'secret-of-bob-91ac' };
type Keys = typeof ann;

let folder: TemporaryFolder;
let files: CampaignFiles;
let services: ReadonlyMap<Keys, Emulator>;
beforeEach(async () => {
  folder = await temporaryFolder();
  files = await writeCampaign(folder.path, { name: 'mine', rows: 8 });
  const open = async (keys: Keys) => [keys, await startEmulator({ credentials: keys, ratePerSecond: 10_000 })] as const;
  services = new Map([await open(ann), await open(bob)]);
});
afterEach(async () => {
  for (const service of services.values()) await service.close();
  await folder[Symbol.asyncDispose]();
});

function serviceOf(keys: Keys): Emulator {
  const service = services.get(keys);
  if (service === undefined) throw new Error('these keys have no service');
  return service;
}

/** Runs the program with the keys in its environment, at the service that knows them. */
function as(keys: Keys, ...args: readonly string[]): Promise<CliResult> {
  const env = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: keys.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.accessKeySecret,
  };
  return runCli([...args, '--endpoint', serviceOf(keys).url], { cwd: folder.path, env });
}

/** The service's answer about the template, as a plan froze it. */
function templateOf(run: string): string {
  const reader = openRunReader(run);
  try {
    return reader.plan.templates[0]?.detail ?? '';
  } finally {
    reader.close();
  }
}

const anothers = 'this run belongs to key LTAI****nn01, and here is key LTAI****ob02';

describe('a run of another account', { timeout: 180_000 }, () => {
  it('is refused by every command that would hand over or ask, and goes on under its own', async () => {
    const { campaign, run } = files;
    const plan = await as(ann, 'plan', campaign, '--run', run);
    expect(plan).toMatchObject({ code: 0 });
    expect(plan.stdout).toContain('  account     key LTAI****nn01\n');
    // Bob may send, and does so with a plan of his own.
    expect(await as(bob, 'plan', campaign, '--run', 'bobs.run')).toMatchObject({ code: 0 });

    expect(await as(bob, 'send', run, '--yes')).toMatchObject({ code: 10, stderr: expect.stringContaining(anothers) });
    expect(await as(ann, 'send', run, '--yes', '--limit', '3')).toMatchObject({ code: 0 });
    const begun = await readBalance(run);
    expect(begun).toMatchObject({ accepted: 3, unsent: 5 });
    const refused = [
      await as(bob, 'send', run, '--yes'),
      await as(bob, 'send', campaign, '--run', run, '--yes'),
      await as(bob, 'send', run, '--dry-run'),
      await as(bob, 'resume', run, '--yes'),
      await as(bob, 'retry', run, '--yes'),
      await as(bob, 'reconcile', run),
    ];
    for (const { code, stderr } of refused) {
      expect(stderr).toBe(
        `error: nothing was handed over: ${anothers}\n` +
          'hint: name the --profile, or set the environment, that gives key LTAI****nn01; for another account, make a plan of its own\n',
      );
      expect(code).toBe(10);
    }
    expect(serviceOf(bob).accepted()).toEqual([]);
    expect(await readBalance(run)).toEqual(begun);

    expect(await as(ann, 'resume', run, '--yes')).toMatchObject({ code: 0 });
    expect(
      serviceOf(ann)
        .accepted()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(files.addresses);
  });

  it('is told masked by status and report, and no credential is kept or said', async () => {
    const { campaign, run } = files;
    const account = { kind: 'key', keyId: 'LTAI****nn01' };
    const sent = await as(ann, 'send', campaign, '--run', run, '--yes', '--json');
    expect(eventOf(sent, 'plan')).toMatchObject({ plan: { account } });
    const options = { cwd: folder.path };
    const status = await runCli(['status', run], options);
    expect(status.stdout).toContain('\naccount: key LTAI****nn01\n');
    expect(eventOf(await runCli(['status', run, '--json'], options), 'status')).toMatchObject({ account });
    const report = await runCli(['report', run, '--json'], options);
    expect(JSON.parse(report.stdout.split('\n')[0] ?? '')).toMatchObject({ run: { account } });

    const other = await as(bob, 'resume', run, '--yes', '--log-level', 'debug');
    const said = [sent, status, report, other].map(({ stdout, stderr }) => stdout + stderr).join('\n');
    const kept = await readFile(run, 'latin1');
    for (const { accessKeyId, accessKeySecret } of [ann, bob]) {
      for (const text of [said, kept]) {
        expect(text).not.toContain(accessKeyId);
        expect(text).not.toContain(accessKeySecret);
      }
    }
  });

  it('is refused to another profile, and goes on with the same key wherever it comes from', async () => {
    const profileOf = (name: string, { accessKeyId, accessKeySecret }: Keys) => ({
      name,
      mode: 'AK',
      access_key_id: accessKeyId,
      access_key_secret: accessKeySecret,
    });
    await mkdir(join(folder.path, '.aliyun'));
    const profiles = [profileOf('ann', ann), profileOf('bob', bob)];
    await writeFile(join(folder.path, '.aliyun/config.json'), JSON.stringify({ current: 'bob', profiles }));
    const { campaign, run } = files;
    const with_ = (...args: readonly string[]) =>
      runCli([...args, '--endpoint', serviceOf(ann).url], { cwd: folder.path, env: { HOME: folder.path } });

    const sent = await with_('send', campaign, '--run', run, '--yes', '--limit', '2', '--profile', 'ann');
    expect(sent).toMatchObject({ code: 0 });
    const refused = { code: 10, stderr: expect.stringContaining(anothers) };
    expect(await with_('resume', run, '--yes', '--profile', 'bob')).toMatchObject(refused);
    expect(await with_('resume', run, '--yes')).toMatchObject(refused);
    expect(await with_('resume', run, '--yes', '--limit', '2', '--profile', 'ann')).toMatchObject({ code: 0 });
    expect(await as(ann, 'resume', run, '--yes')).toMatchObject({ code: 0 });
    expect(await readBalance(run)).toMatchObject({ accepted: 8, unsent: 0 });
  });

  it('belongs to whoever sends first where it was planned without credentials', async () => {
    const { campaign, run } = files;
    await as(ann, 'plan', campaign, '--run', 'first.run');
    await writeFile(join(folder.path, 'detail.json'), templateOf(join(folder.path, 'first.run')));
    const planned = await runCli(
      ['plan', campaign, '--run', run, '--template-file', 'detail.json', '--endpoint', serviceOf(ann).url],
      { cwd: folder.path },
    );
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stdout).toContain('  account     not known before the first send\n');
    expect(await as(bob, 'send', run, '--dry-run')).toMatchObject({ code: 0 });
    expect(await as(ann, 'send', run, '--yes', '--limit', '1')).toMatchObject({ code: 0 });
    expect(await as(bob, 'resume', run, '--yes')).toMatchObject({
      code: 10,
      stderr: expect.stringContaining(anothers),
    });
    expect(await as(ann, 'resume', run, '--yes')).toMatchObject({ code: 0 });
    expect(serviceOf(bob).accepted()).toEqual([]);
  });
});
