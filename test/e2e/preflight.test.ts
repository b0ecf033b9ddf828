import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { eventOf, eventsOf } from '../cli/workbench.ts';
import { emulatorEnv } from '../support/emulator-process.ts';
import { type CampaignFiles, type TemporaryFolder, temporaryFolder, writeCampaign } from '../support/lists.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';

let folder: TemporaryFolder;
let emulator: Emulator | undefined;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
  await folder[Symbol.asyncDispose]();
});

const day = 86_400_000;
const of250 = ['--from', '8613867400250'];

async function started(options: Parameters<typeof startEmulator>[0] = {}): Promise<Emulator> {
  emulator = await startEmulator({ ratePerSecond: 100_000, ...options });
  return emulator;
}

function sendoff(...args: readonly string[]): Promise<CliResult> {
  const endpoint = emulator?.url;
  if (endpoint === undefined) throw new Error('there is no emulator');
  return runCli([...args, '--endpoint', endpoint], { cwd: folder.path, env: emulatorEnv });
}

function send({ campaign, run }: CampaignFiles, ...flags: readonly string[]): Promise<CliResult> {
  return sendoff('send', campaign, '--run', run, '--yes', '--rate', '1000/s', ...flags);
}

/** Requests that are under way together may overtake each other. */
function addressesOf(messages: ReturnType<Emulator['accepted']>): readonly string[] {
  return messages.map(({ to }) => to).toSorted();
}

/** As if the run had been at work so much earlier. */
function makeOlder(run: string, byMs: number): void {
  const db = new DatabaseSync(run);
  db.prepare('UPDATE attempt SET started_at = started_at - ?, ended_at = ended_at - ?').run(byMs, byMs);
  db.close();
}

describe('a list beyond the tier of its sender', () => {
  it('stops at the tier and goes on the next day, nobody twice and nobody lost', async () => {
    const { accepted } = await started();
    const files = await writeCampaign(folder.path, { name: 'tier', rows: 260 });

    const first = await send(files, ...of250);
    expect(first.code).toBe(8);
    expect(first.stdout).toContain('  daily cap   250 now, 10 a day later\n');
    expect(first.stdout).toContain('TIER_EXCEEDED');
    expect(first.stderr).toMatch(
      /stopped: the daily cap of 250 messages is reached\nhint: 10 more may go after \d{4}-\d\d-\d\d \d\d:\d\d UTC; --daily-cap/,
    );
    expect(addressesOf(accepted())).toEqual(files.addresses.slice(0, 250));

    expect((await sendoff('resume', files.run)).code).toBe(8);
    expect(accepted()).toHaveLength(250);

    makeOlder(files.run, day + 60_000);
    expect((await sendoff('resume', files.run)).code).toBe(0);
    expect(addressesOf(accepted())).toEqual(files.addresses);
  });

  it('goes as far as the operator says', async () => {
    const { accepted } = await started();
    const files = await writeCampaign(folder.path, { name: 'cap', rows: 260 });
    const plan = await send(files, ...of250, '--daily-cap', '20', '--json');
    expect(plan.code).toBe(8);
    expect(eventOf(plan, 'stopped')).toMatchObject({ reason: { kind: 'dailyCap', cap: 20, left: 240 } });
    expect((await sendoff('resume', files.run, '--daily-cap', '30')).code).toBe(8);
    expect(accepted()).toHaveLength(30);
    expect((await sendoff('resume', files.run, '--daily-cap', 'none')).code).toBe(0);
    expect(accepted()).toHaveLength(260);
  });
});

describe('a right that is missing', () => {
  it('ends a send with which one, who needs it and the policy, before anybody gets a message', async () => {
    const { accepted } = await started({ denied: ['cams:SendChatappMessage'] });
    const files = await writeCampaign(folder.path, { name: 'denied', rows: 5 });
    const sent = await send(files);
    expect(sent.code).toBe(4);
    expect(sent.stderr).toContain('stopped: the service refuses the account: Ram.PermissionDeny');
    expect(sent.stderr).toContain(
      'hint: grant cams:SendChatappMessage to the RAM user or role: send, resume, retry need it; a policy for the whole campaign: {"Version":"1","Statement":[{"Effect":"Allow","Action":[',
    );
    expect(accepted()).toEqual([]);
  });

  it('ends a plan for the template, and leaves no run file', async () => {
    await started({ denied: ['cams:GetChatappTemplateDetail'] });
    const { campaign, run } = await writeCampaign(folder.path, { name: 'template', rows: 5 });
    const plan = await sendoff('plan', campaign, '--run', run, '--json');
    expect(plan.code).toBe(4);
    expect(eventOf(plan, 'error')).toMatchObject({
      code: 'RIGHT_MISSING',
      hint: expect.stringMatching(
        /^grant cams:GetChatappTemplateDetail to the RAM user or role: check, preview, plan, /,
      ),
    });
    expect(existsSync(run)).toBe(false);
  });

  it('is only told of where it serves to look at the sender', async () => {
    const { accepted } = await started({ denied: ['cams:QueryChatappPhoneNumbers'] });
    const files = await writeCampaign(folder.path, { name: 'query', rows: 5 });
    const sent = await send(files, '--json');
    expect(eventOf(sent, 'plan')['findings']).toContainEqual(
      expect.objectContaining({ code: 'SENDER_UNCHECKED', severity: 'info', count: 1 }),
    );
    expect(eventsOf(sent).at(-1)).toMatchObject({ code: 0 });
    expect(accepted()).toHaveLength(5);
  });
});

describe('a plan', () => {
  it.each([
    ['SENDER_NOT_CONNECTED', ['--from', '8613867400404']],
    ['CATEGORY_UNEXPECTED', ['--expect-category', 'marketing']],
    ['HEALTH_BLOCKED', ['--from', '8613867400404', '--cust-space-id', 'cams-1']],
  ])('is refused for %s', async (code, flags) => {
    await started();
    const { campaign, run } = await writeCampaign(folder.path, { name: 'refused', rows: 5 });
    const plan = await sendoff('plan', campaign, '--run', run, '--json', ...flags);
    expect(plan.code).toBe(3);
    expect(eventOf(plan, 'plan')['findings']).toContainEqual(expect.objectContaining({ code, severity: 'fatal' }));
    expect(existsSync(run)).toBe(false);
  });

  it('is another one in another space', async () => {
    await started();
    const { campaign, run } = await writeCampaign(folder.path, { name: 'space', rows: 5 });
    expect((await sendoff('plan', campaign, '--run', run, '--cust-space-id', 'cams-1')).code).toBe(0);
    const again = await sendoff('send', campaign, '--run', run, '--yes', '--cust-space-id', 'cams-2');
    expect(again).toMatchObject({ code: 10, stderr: expect.stringContaining('holds another campaign') });
  });
});
