import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../../src/adapters/checkpoints/sqlite/checkpoint.ts';
import { acquireRunLock, isRunHeld } from '../../../../src/adapters/checkpoints/sqlite/run-lock.ts';
import { openRunReader } from '../../../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { someMessages } from '../../../support/a-message.ts';
import { flatten } from '../../../support/flatten.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/lists.ts';
import { accepted } from '../../../support/outcomes.ts';
import { planRecord } from '../../../support/plan-record.ts';
import { childAt, saidOnFullDisk } from './children.ts';
import { impatientClock, readResults, writeRunFile } from './run-files.ts';

let folder: TemporaryFolder;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'some.run');
});
afterEach(() => folder[Symbol.asyncDispose]());

it('keeps whose a run is, and the rest of its plan as it was', async () => {
  const plan = planRecord({ account: null });
  writeRunFile(path, someMessages(2), plan);
  const account = { kind: 'temporary', source: 'cli_profile', profile: 'p"1', role: null } as const;
  const opened = openCheckpoint(path, impatientClock);
  expect(opened.plan.account).toBeNull();
  await opened.checkpoint.bindAccount(account);
  await opened.checkpoint.close();
  const reader = openRunReader(path);
  expect(reader.plan).toEqual({ ...plan, account });
  reader.close();
});

const openings = [
  [
    'reading',
    (file: string): void => {
      openRunReader(file).close();
    },
  ],
  ['sending', (file: string) => openCheckpoint(file, impatientClock)],
] as const;

describe.each(openings)('opening a run file for %s', (_name, open) => {
  it('refuses a file that is not there', () => {
    expect(() => open(path)).toThrow(
      expect.objectContaining({ code: 'RUN_FILE_MISSING', kind: 'usage', message: `there is no run file "${path}"` }),
    );
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it.each([
    ['an empty file', () => writeFileSync(path, '')],
    ['a list', () => writeFileSync(path, 'phone,name\n8613800000000,Wang\n'.repeat(1_000))],
    ['another database', () => new DatabaseSync(path).exec('CREATE TABLE notes (text TEXT)')],
    ['a file that is cut off', () => truncateSync(writeRunFile(path, someMessages(2_000)), 40_000)],
    ['a file of which only the header is left', () => truncateSync(writeRunFile(path, someMessages(10)), 100)],
  ])('refuses %s, and leaves it as it was', (_file, write) => {
    write();
    const before = readFileSync(path);
    expect(() => open(path)).toThrow(
      expect.objectContaining({ code: 'NOT_A_RUN_FILE', kind: 'usage', message: `"${path}" is not a run file` }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['some.run']);
  });

  it('refuses a folder', () => {
    mkdirSync(path);
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'RUN_FILE_UNREADABLE', kind: 'usage' }));
  });

  it('takes back what a dead process had written by half', async () => {
    writeRunFile(path, someMessages(2_000));
    const writer = await childAt('spilled', 'spill', path);
    await writer.kill();
    expect(readdirSync(folder.path)).toEqual(['some.run', 'some.run-journal']);
    const opened = open(path);
    expect((await readResults(path)).at(-1)?.cells).toEqual(['+8613800002001', 'row 2001']);
    await opened?.checkpoint.close();
  });

  it('refuses a file that a newer sendoff made', () => {
    writeRunFile(path, someMessages(1));
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 999');
    db.close();
    expect(() => open(path)).toThrow(
      expect.objectContaining({
        code: 'RUN_FILE_TOO_NEW',
        kind: 'stale',
        message: expect.stringMatching(/has run file version 999; this sendoff knows up to \d+$/),
      }),
    );
  });
});

describe('a run file that is being sent', () => {
  it('is held by one sender at a time, in whatever process', async () => {
    writeRunFile(path, someMessages(5));
    const locked = expect.objectContaining({ code: 'RUN_LOCKED', kind: 'locked' });
    const sender = await childAt('holding', 'hold', path);
    expect(isRunHeld(path)).toBe(true);
    expect(() => openCheckpoint(path, impatientClock)).toThrow(locked);
    await sender.kill();
    expect(isRunHeld(path)).toBe(false);

    const { checkpoint } = openCheckpoint(path, impatientClock);
    expect(isRunHeld(path)).toBe(true);
    expect(() => openCheckpoint(path, impatientClock)).toThrow(locked);
    await checkpoint.close();
    expect(isRunHeld(path)).toBe(false);
  });

  it('can be read by another process, and says what is under way', async () => {
    writeRunFile(path, someMessages(5));
    const sender = await childAt('holding', 'hold', path);
    expect((await readResults(path)).map(({ status }) => status)).toEqual([
      'unknown',
      'unknown',
      'accepted',
      'unsent',
      'unsent',
    ]);
    await sender.kill();
  });

  it('is picked up where a killed sender left it', async () => {
    writeRunFile(path, someMessages(5));
    const sender = await childAt('holding', 'hold', path);
    await sender.kill();
    expect((await readResults(path)).map(({ status }) => status)[2]).toBe('accepted');
    const { checkpoint } = openCheckpoint(path, impatientClock);
    expect(await checkpoint.closeOpenAttempts(5)).toBe(2);
    expect(await checkpoint.balance()).toMatchObject({ rows: 5, accepted: 1, unknown: 2, unsent: 2 });
    await checkpoint.close();
    expect(readdirSync(folder.path)).toEqual(['some.run']);
  });

  it('is one single file once it is closed, and whole where it is copied to', async () => {
    writeRunFile(path, someMessages(5));
    const { checkpoint } = openCheckpoint(path, impatientClock);
    await checkpoint.begin([{ id: 'a-1', rows: [2], startedAt: 0 }]);
    const settled = checkpoint.settle([
      { id: 'a-1', endedAt: 1, results: [{ row: 2, outcome: accepted, next: 'accepted' }] },
    ]);
    await checkpoint.close();
    await settled;
    expect(readdirSync(folder.path)).toEqual(['some.run']);
    const copy = join(folder.path, 'copy.run');
    copyFileSync(path, copy);
    expect((await readResults(copy))[0]).toMatchObject({ row: 2, status: 'accepted' });
  });

  it('closes while somebody reads, whole in its one file, and goes on later', async () => {
    writeRunFile(path, someMessages(5));
    const { checkpoint } = openCheckpoint(path, impatientClock);
    const reader = openRunReader(path);
    await checkpoint.begin([{ id: 'a-1', rows: [2, 3], startedAt: 0 }]);
    await reader.balance();
    await checkpoint.close();
    const copy = join(folder.path, 'copy.run');
    copyFileSync(path, copy);
    expect((await readResults(copy)).map(({ attempts }) => attempts)).toEqual([1, 1, 0, 0, 0]);
    expect(await reader.balance()).toMatchObject({ unknown: 2, unsent: 3 });
    reader.close();

    const again = openCheckpoint(path, impatientClock).checkpoint;
    expect(await again.balance()).toMatchObject({ unknown: 2, unsent: 3 });
    await again.close();
    expect(readdirSync(folder.path).filter((file) => file.startsWith('some'))).toEqual(['some.run']);
  });

  it('can be opened while somebody reads', async () => {
    writeRunFile(path, someMessages(1_200));
    const reader = openRunReader(path);
    const chunks = reader.messages();
    const [first] = await flatten(takeOne(chunks));
    const { checkpoint } = openCheckpoint(path, impatientClock);
    await checkpoint.begin([{ id: 'a-1', rows: [2], startedAt: 0 }]);
    expect(await reader.balance()).toMatchObject({ unknown: 1 });
    expect(first?.row).toBe(2);
    reader.close();
    await checkpoint.close();
  });

  it('says that the disk is full, and keeps what was recorded before', async () => {
    writeRunFile(path, someMessages(2_000));
    const kilobytes = Math.ceil(readFileSync(path).length / 1_024) + 256;
    expect(await saidOnFullDisk(kilobytes, 'sendUntilFull', path)).toBe('RUN_FILE_UNWRITABLE usage');
    const { checkpoint } = openCheckpoint(path, impatientClock);
    await checkpoint.closeOpenAttempts(0);
    const balance = await checkpoint.balance();
    expect(balance.accepted).toBeGreaterThan(0);
    expect(balance.unknown).toBeLessThanOrEqual(1);
    expect(balance.accepted + balance.unknown + balance.unsent).toBe(2_000);
    await checkpoint.close();
  });
});

describe('the lock of a run file', () => {
  it('goes away with its holder', () => {
    const lock = acquireRunLock(path);
    expect(isRunHeld(path)).toBe(true);
    lock.release();
    expect(isRunHeld(path)).toBe(false);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('can be taken where a dead holder has left its file', () => {
    writeFileSync(`${path}.lock`, '');
    expect(isRunHeld(path)).toBe(false);
    acquireRunLock(path).release();
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is not taken by looking at it', () => {
    writeFileSync(`${path}.lock`, '');
    isRunHeld(path);
    expect(readdirSync(folder.path)).toEqual(['some.run.lock']);
  });

  it('cannot be taken where nothing can be written', () => {
    const place = join(folder.path, 'nowhere', 'some.run');
    expect(() => acquireRunLock(place)).toThrow(
      expect.objectContaining({ code: 'RUN_FILE_UNWRITABLE', message: `cannot write the run file "${place}"` }),
    );
  });
});

/** The first chunk alone; the rest is left unread. */
async function* takeOne<T>(chunks: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const chunk of chunks) {
    yield chunk;
    return;
  }
}
