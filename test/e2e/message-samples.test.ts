/** Every sample of a message in words of one's own, planned, drawn and handed over by the real provider over HTTP. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { messageTypes } from '../../src/domain/session/check-content.ts';
import type { AcceptedMessage } from '../../src/emulator/message-draft.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { eventOf, wholeAddresses } from '../cli/workbench.ts';
import { emulatorEnv } from '../support/emulator-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/lists.ts';
import { messageSamples, readMessageSamples } from '../support/message-samples.ts';
import { type Behaviour, json, openRawService } from '../support/raw-service.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';
import { runInProcess } from '../support/run-in-process.ts';

const samples = readMessageSamples();

let folder: TemporaryFolder;
let emulator: Emulator;
beforeAll(async () => {
  for (const [name, value] of Object.entries(emulatorEnv)) vi.stubEnv(name, value);
  folder = await temporaryFolder();
  emulator = await startEmulator({ ratePerSecond: 100_000 });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
  await folder[Symbol.asyncDispose]();
});

async function newlyAccepted<T>(work: () => Promise<T>): Promise<readonly [T, readonly AcceptedMessage[]]> {
  const before = emulator.accepted().length;
  const result = await work();
  return [result, emulator.accepted().slice(before)];
}

/** Requests under way together may overtake each other. */
function byAddress<Addressed extends { readonly to: string }>(messages: readonly Addressed[]): readonly Addressed[] {
  return messages.toSorted((one, other) => one.to.localeCompare(other.to));
}

const orders: Readonly<Record<number, string>> = { 2: 'A-1001', 3: 'A-1002', 4: 'A-1003' };
const names: Readonly<Record<number, string>> = { 2: 'Ann', 3: 'David', 4: '朱琳' };

/** What goes beside the content: nothing, but in these. */
function fieldsOf(sample: string, row: number): Readonly<Record<string, string>> {
  const [order, name] = [orders[row], names[row]];
  switch (sample) {
    case 'whatsapp-pin':
      return { RecipientType: 'group' };
    case 'every-request-field':
      return {
        Payload: `["fine-${order}","not-fine-${order}"]`,
        ProductAction:
          '{"ThumbnailProductRetailerId":"straw","Sections":[{"Title":"Hats","ProductItems":[{"ProductRetailerId":"straw"},{"ProductRetailerId":"wool"}]}]}',
        FlowAction: `{"FlowToken":"${order}","FlowActionData":{"name":"${name}"}}`,
        ContextMessageId: `61851ccb2f1365b16ae${row - 2}`,
        FallBackId: 'fb-1',
        FallBackContent: `Was everything right with ${order}?`,
        FallBackDuration: '600',
        FallBackRule: 'sentFailed',
        RecipientType: 'individual',
        Category: 'UTILITY',
      };
    case 'viber-text-image-button':
      return {
        Label: 'promotion',
        Ttl: '3600',
        Tag: 'summer',
        TrackingData: `summer-${order}`,
        FallBackId: 'fb-2',
        FallBackContent: `The summer hats are here, ${name}`,
        FallBackDuration: '600',
        FallBackRule: 'undelivered',
      };
    default:
      return {};
  }
}

/** Its own, or by default the run and the row. */
function taskIdOf(sample: string, runId: string, row: number): string {
  if (sample === 'every-request-field') return `survey-${orders[row]}`;
  return sample === 'viber-text-image-button' ? `summer-${orders[row]}` : `${runId}-${row}`;
}

describe('the samples of messages', () => {
  it('have one for every type of every channel', () => {
    const channels = ['whatsapp', 'viber', 'messenger', 'instagram'] as const;
    const wanted = channels.flatMap((channel) => messageTypes(channel).map((type) => `${channel} ${type}`));
    const own = samples.filter(({ name }) => name !== 'every-request-field');
    expect(own.map(({ channel, type }) => `${channel} ${type}`).toSorted()).toEqual(wanted.toSorted());
    const kebab = (type: string) => type.replaceAll('_', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(own.filter(({ name, channel, type }) => name !== `${channel}-${kebab(type)}`)).toEqual([]);
  });

  it.each(samples)('send $name as it says to everybody', async ({ name, file, channel, from, type, rows }) => {
    const args = [file, '--endpoint', emulator.url];
    const run = join(folder.path, `${name}.run`);
    const [sent, accepted] = await newlyAccepted(() =>
      runInProcess(['send', ...args, '--yes', '--json', '--run', run]),
    );
    expect(sent.code, sent.stdout).toBe(0);
    expect(wholeAddresses(sent.stdout + sent.stderr)).toEqual([]);
    // The type of the event is that of the plan's record.
    const { runId } = eventOf(sent, 'plan')['plan'] as { runId: string };
    const arrived = accepted.map((message) => ({
      channel: message.channel,
      type: message.type,
      messageType: message.messageType,
      from: message.from,
      to: message.to,
      taskId: message.taskId,
      fields: message.fields,
      content: JSON.parse(message.content ?? 'null'),
    }));
    const wanted = rows.map(({ row, to, content }) => ({
      channel,
      type: 'message',
      messageType: type,
      from,
      to,
      taskId: taskIdOf(name, runId, row),
      fields: fieldsOf(name, row),
      content,
    }));
    expect(byAddress(arrived)).toEqual(byAddress(wanted));
  });

  it.each(samples)('draw $name', async ({ file, type }) => {
    const drawn = await runInProcess(['preview', file, '--endpoint', emulator.url]);
    // A slow machine says that it is still checking.
    expect({ ...drawn, stderr: drawn.stderr.replace(/^checking: .*\n/gm, '') }).toMatchObject({ code: 0, stderr: '' });
    expect(drawn.stdout).toMatch(new RegExp(`^row 2 \\(first.*\\), to \\S{4,5}\\*{4}\\S{4}, ${type}\n╭─`));
    expect(drawn.stdout).not.toMatch(/\{\{|undefined|\[object/);
  });
});

describe('the built program', () => {
  function sendoff(...args: readonly string[]): Promise<CliResult> {
    return runCli([...args, '--endpoint', emulator.url], { cwd: folder.path, env: emulatorEnv });
  }

  /** Plans, sends the plan and reports. */
  async function carriedOut(name: string) {
    const run = join(folder.path, `built-${name}.run`);
    const plan = await sendoff('plan', join(messageSamples, `${name}.yaml`), '--run', run);
    const [sent, accepted] = await newlyAccepted(() => sendoff('send', run, '--yes', '--json'));
    const report = await runCli(['report', run, '--jsonl'], { cwd: folder.path });
    return {
      plan,
      sent,
      accepted,
      rows: report.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  }

  it('plans, sends and reports a sample whose contents are JSON of the list', async () => {
    const sample = samples.find(({ name }) => name === 'messenger-interactive');
    const { plan, sent, accepted, rows } = await carriedOut('messenger-interactive');
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('  to send     3\n') });
    expect(sent.code).toBe(0);
    const arrived = accepted.map(({ to, content }) => ({ to, content: JSON.parse(content ?? '') }));
    expect(byAddress(arrived)).toEqual(byAddress(sample?.rows.map(({ to, content }) => ({ to, content })) ?? []));
    const told = rows.map((row) => [row.sendoff_to, row.sendoff_status, row.sendoff_channel, row.sendoff_via]);
    expect(told).toEqual(sample?.rows.map(({ to }) => [to, 'accepted', 'messenger', 'message']));
  });

  it('sends the template of the sample to whom the words cannot reach any more', async () => {
    const david = '8613800112648';
    const setWindow = (open: boolean) =>
      fetch(`${emulator.url}/_emulator/windows`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to: david, open }),
      });
    await setWindow(false);
    const { plan, sent, accepted, rows } = await carriedOut('whatsapp-text');
    await setWindow(true);
    expect(plan.stdout).toContain('order_shipped');
    expect(sent.code).toBe(0);
    expect(accepted.filter(({ type }) => type === 'template')).toMatchObject([
      { to: david, templateCode: 'order_shipped', params: { name: 'David', code: 'A-1002', date: '24 Nov' } },
    ]);
    expect(accepted.filter(({ type }) => type === 'message').map(({ to }) => to)).toEqual(
      expect.arrayContaining(['8613800104729', '8613800120567']),
    );
    expect(accepted).toHaveLength(3);
    expect(rows.map((row) => row.sendoff_via)).toEqual(['message', 'fallback', 'message']);
  });
});

describe('a request', () => {
  /** Takes messages; tells of nothing else, as to an account without the rights. */
  const service: Behaviour = (response, call) =>
    call.action === 'SendChatappMessage'
      ? json({ Code: 'OK', Message: 'OK', MessageId: 'm-1', RequestId: 'r-1' })(response, call)
      : json({ Code: 'NoPermission', Message: 'no', RequestId: 'r-1' }, 403)(response, call);

  it.each([
    [
      'every-request-field',
      ['Content', 'Payload'],
      {
        ChannelType: 'whatsapp',
        From: '8613867404376',
        MessageType: 'interactive',
        ProductAction: expect.stringMatching(/^\{"ThumbnailProductRetailerId":"straw","Sections":\[/),
        FlowAction: '{"FlowToken":"A-1001","FlowActionData":{"name":"Ann"}}',
        ContextMessageId: '61851ccb2f1365b16ae0',
        TaskId: 'survey-A-1001',
        FallBackId: 'fb-1',
        FallBackContent: 'Was everything right with A-1001?',
        FallBackDuration: '600',
        FallBackRule: 'sentFailed',
        RecipientType: 'individual',
        Category: 'UTILITY',
      },
    ],
    [
      'viber-text-image-button',
      ['Content'],
      {
        ChannelType: 'viber',
        From: '10422',
        MessageType: 'text_image_button',
        TaskId: 'summer-A-1001',
        FallBackId: 'fb-2',
        FallBackContent: 'The summer hats are here, Ann',
        FallBackDuration: '600',
        FallBackRule: 'undelivered',
        Label: 'promotion',
        Ttl: '3600',
        Tag: 'summer',
        TrackingData: 'summer-A-1001',
      },
    ],
  ])('of the sample %s has %j in the query and the rest in the form', async (name, inQuery, inForm) => {
    await using raw = await openRawService(service);
    const run = join(folder.path, `raw-${name}.run`);
    const flags = ['--endpoint', raw.endpoint, '--yes', '--limit', '1', '--run', run];
    await runInProcess(['send', join(messageSamples, `${name}.yaml`), ...flags]);
    const calls = raw.received.filter(({ action }) => action === 'SendChatappMessage');
    expect(calls.map(({ form }) => form)).toEqual([{ Type: 'message', To: '8613800104729', ...inForm }]);
    expect(calls.map(({ query }) => Object.keys(query))).toEqual([inQuery]);
  });
});
