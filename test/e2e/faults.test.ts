/** The official SDK against the emulator in a process of its own: every fault alone, and all of them mixed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/emulator/fault-rule.ts';
import { type Books, readBooks } from '../support/books.ts';
import { type EmulatorProcess, emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import {
  addressOf,
  type CampaignFiles,
  type TemporaryFolder,
  temporaryFolder,
  writeCampaign,
} from '../support/lists.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';

interface FaultCase {
  readonly title: string;
  readonly fault: FaultRule;
  /** What becomes of the people it strikes. */
  readonly struck: 'accepted' | 'rejected' | 'unknown';
  readonly exit: number;
  /** Whether the service had accepted them; only asked of unknown ones. */
  readonly reached?: boolean;
}

const answered: readonly FaultCase[] = [
  { title: 'latency', fault: { fault: 'latency', minMs: 50, maxMs: 150 }, struck: 'accepted', exit: 0 },
  { title: 'throttle System.LimitControl', fault: { fault: 'throttle', times: 1 }, struck: 'accepted', exit: 0 },
  {
    title: 'throttle Throttling.User',
    fault: { fault: 'throttle', code: 'Throttling.User', times: 1 },
    struck: 'accepted',
    exit: 0,
  },
  { title: 'throttle 130429', fault: { fault: 'throttle', code: '130429', times: 1 }, struck: 'accepted', exit: 0 },
  { title: 'a row refused by 400', fault: { fault: 'refuse', code: '131026' }, struck: 'rejected', exit: 6 },
  { title: 'a row refused by 200', fault: { fault: 'refuse', code: '131026', http: 200 }, struck: 'rejected', exit: 6 },
  {
    title: 'a mangled request by 400',
    fault: { fault: 'refuse', code: 'ContentMD5NotMatched' },
    struck: 'rejected',
    exit: 5,
  },
  { title: 'a passing refusal by 400', fault: { fault: 'refuse', code: '131049' }, struck: 'rejected', exit: 5 },
  {
    title: 'a passing refusal by 200',
    fault: { fault: 'refuse', code: '131049', http: 200 },
    struck: 'rejected',
    exit: 5,
  },
  { title: 'an unlisted code by 400', fault: { fault: 'refuse', code: 'Never.Heard' }, struck: 'rejected', exit: 6 },
  {
    title: 'an unlisted code by 200',
    fault: { fault: 'refuse', code: 'Never.Heard', http: 200 },
    struck: 'rejected',
    exit: 6,
  },
];

const lost = (title: string, fault: FaultRule, reached: boolean): FaultCase => ({
  title,
  fault,
  struck: 'unknown',
  exit: 12,
  reached,
});

const unanswered: readonly FaultCase[] = [
  lost('cut-before', { fault: 'cut-before' }, false),
  lost('cut-after', { fault: 'cut-after' }, true),
  lost('error-500', { fault: 'error-500' }, false),
  lost('error-500 after acceptance', { fault: 'error-500', accept: true }, true),
  lost('error-503', { fault: 'error-503' }, false),
  lost('error-503 after acceptance', { fault: 'error-503', accept: true }, true),
  lost('empty-body', { fault: 'empty-body' }, true),
  lost('empty-body before acceptance', { fault: 'empty-body', accept: false }, false),
  lost('not-json', { fault: 'not-json' }, true),
  lost('not-json before acceptance', { fault: 'not-json', accept: false }, false),
  lost('not-json with 502', { fault: 'not-json', http: 502 }, true),
  lost('truncated', { fault: 'truncated' }, true),
  lost('a code that leaves it open, by 200', { fault: 'refuse', code: '131000', http: 200 }, false),
  lost('a code that leaves it open, by 400', { fault: 'refuse', code: '131000' }, false),
];

/** Silent for 10 s each, so they go together and strike few. */
const silent: readonly FaultCase[] = [
  lost('hang-before', { fault: 'hang-before' }, false),
  lost('hang-after', { fault: 'hang-after' }, true),
];

const stopping: readonly { readonly title: string; readonly fault: FaultRule }[] = [
  { title: 'the campaign by 400', fault: { fault: 'refuse', code: '132015' } },
  { title: 'the campaign by 200', fault: { fault: 'refuse', code: '132015', http: 200 } },
  { title: 'the account by 400', fault: { fault: 'refuse', code: 'Product.Unsubscript' } },
  { title: 'the account by 200', fault: { fault: 'refuse', code: 'Product.Unsubscript', http: 200 } },
];

const rows = 30;
/** Each case has its own people, so that one emulator serves them all. */
const blockOf = (position: number) => position * 1_000;
const struckOf = (position: number, rowsStruck: number) =>
  Array.from({ length: rowsStruck }, (_, index) => addressOf(blockOf(position) + 3 + 2 * index));

const few = 8;
const struckCases = [...answered, ...unanswered, ...silent].map((each, position) => ({
  ...each,
  position,
  numbers: struckOf(position, silent.includes(each) ? 2 : few),
}));
const stoppingCases = stopping.map((each, index) => ({
  ...each,
  position: struckCases.length + index,
  numbers: struckOf(struckCases.length + index, 1),
}));

interface Sent {
  readonly files: CampaignFiles;
  readonly result: CliResult;
  readonly books: Books;
}

describe('a run through one fault', { timeout: 180_000 }, () => {
  let folder: TemporaryFolder;
  let emulator: EmulatorProcess;

  beforeAll(async () => {
    folder = await temporaryFolder();
    emulator = await openEmulatorProcess({
      folder: folder.path,
      faults: [
        ...struckCases.map(({ fault, numbers }) => ({ ...fault, numbers })),
        ...stoppingCases.map(({ fault, numbers }) => ({ ...fault, numbers, times: 1 })),
      ],
    });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  async function send(position: number, ...options: readonly string[]): Promise<Sent> {
    const files = await writeCampaign(folder.path, { name: `case-${position}`, rows, firstNumber: blockOf(position) });
    const args = [
      'send',
      files.campaign,
      '--run',
      files.run,
      '--yes',
      '--no-reconcile',
      '--endpoint',
      emulator.url,
      ...options,
    ];
    const result = await runCli(args, { cwd: folder.path, env: emulatorEnv });
    return { files, result, books: await readBooks(files.run, await emulator.accepted()) };
  }

  function expectStruck(of: (typeof struckCases)[number], { files, result, books }: Sent): void {
    const { struck, numbers, exit, reached } = of;
    const others = files.addresses.filter((address) => !numbers.includes(address));
    const accepted = struck === 'accepted' ? files.addresses : others;
    const logged = reached === true ? files.addresses : accepted;
    expect({
      exit: result.code,
      contradictions: books.contradictions,
      accepted: books.addresses('accepted'),
      [struck]: books.addresses(struck),
      logged: books.logged.toSorted(),
    }).toEqual({
      exit,
      contradictions: [],
      accepted,
      [struck]: struck === 'accepted' ? files.addresses : numbers,
      logged,
    });
    expect(result.stderr).not.toContain('bug');
  }

  it.each(struckCases.slice(0, answered.length))('ends in what the service said: $title', async (each) => {
    expectStruck(each, await send(each.position));
  });

  it.each(struckCases.slice(answered.length, answered.length + unanswered.length))(
    'calls unknown exactly those whose answer was lost: $title',
    async (each) => {
      expectStruck(each, await send(each.position));
    },
  );

  it('calls unknown exactly those on whom the service fell silent, whether it had accepted them or not', async () => {
    const cases = struckCases.slice(-silent.length);
    const runs = await Promise.all(cases.map(({ position }) => send(position)));
    for (const [index, sent] of runs.entries()) {
      const of = cases[index];
      if (of !== undefined) expectStruck(of, sent);
    }
  });

  it.each(stoppingCases)('stops at once and goes on later when the service refuses $title', async (each) => {
    const { files, result, books } = await send(each.position, '--concurrency', '1');
    const before = files.addresses.slice(0, files.addresses.indexOf(each.numbers[0] ?? ''));
    expect({ exit: result.code, contradictions: books.contradictions, logged: books.logged }).toEqual({
      exit: 7,
      contradictions: [],
      logged: before,
    });
    expect(books.balance).toMatchObject({
      accepted: before.length,
      rejected: 0,
      unknown: 0,
      unsent: rows - before.length,
    });

    const resumed = await runCli(['resume', files.run, '--no-reconcile', '--endpoint', emulator.url], {
      cwd: folder.path,
      env: emulatorEnv,
    });
    const after = await readBooks(files.run, await emulator.accepted());
    expect(resumed).toMatchObject({ code: 0 });
    expect(after).toMatchObject({ contradictions: [], logged: files.addresses });
  });

  it('was struck by each fault as often as was asked for', async () => {
    const expected: Record<string, number> = {};
    for (const { fault, numbers } of [...struckCases, ...stoppingCases]) {
      if (fault.fault !== 'latency') expected[fault.fault] = (expected[fault.fault] ?? 0) + numbers.length;
    }
    expect((await emulator.stats()).faults).toEqual(expected);
  });
});

describe('a run through every fault at once', { timeout: 180_000 }, () => {
  it('loses nobody and writes to nobody twice', async () => {
    await using folder = await temporaryFolder();
    await using emulator = await openEmulatorProcess({
      folder: folder.path,
      seed: 7,
      faults: [
        { fault: 'latency', minMs: 5, maxMs: 60 },
        { fault: 'hang-before', share: 0.005 },
        { fault: 'hang-after', share: 0.005 },
        ...answered.filter(({ fault }) => fault.fault !== 'latency').map(({ fault }) => ({ ...fault, share: 0.02 })),
        ...unanswered.filter(({ fault }) => fault.fault !== 'refuse').map(({ fault }) => ({ ...fault, share: 0.02 })),
      ],
    });
    const files = await writeCampaign(folder.path, { name: 'mixed', rows: 600 });
    const args = ['send', files.campaign, '--run', files.run, '--yes', '--no-reconcile', '--endpoint', emulator.url];
    const result = await runCli(args, { cwd: folder.path, env: emulatorEnv });
    const books = await readBooks(files.run, await emulator.accepted());
    const { faults } = await emulator.stats();
    expect(result).toMatchObject({ code: 12 });
    expect(books.contradictions).toEqual([]);
    expect(books.balance).toMatchObject({ rows: 600, unsent: 0, skipped: 0, invalid: 0 });
    const { throttle = 0, refuse = 0, ...unanswerable } = faults;
    expect(throttle).toBeGreaterThan(0);
    expect(books.balance.rejected).toBe(refuse);
    expect(books.balance.unknown).toBe(Object.values(unanswerable).reduce((sum, strikes) => sum + strikes, 0));
  });
});
