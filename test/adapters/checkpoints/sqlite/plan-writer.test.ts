import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../../src/adapters/checkpoints/sqlite/checkpoint.ts';
import { openPlanWriter } from '../../../../src/adapters/checkpoints/sqlite/plan-writer.ts';
import { openRunReader } from '../../../../src/adapters/checkpoints/sqlite/run-reader.ts';
import type { RunReader } from '../../../../src/domain/run-reader.ts';
import { planStoreContract } from '../../../contracts/plan-store-contract.ts';
import { aMessage, someMessages } from '../../../support/a-message.ts';
import { flatten } from '../../../support/flatten.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/lists.ts';
import { planRecord } from '../../../support/plan-record.ts';
import { childAt, saidOnFullDisk } from './children.ts';
import { impatientClock, plannedMessage, writeRunFile } from './run-files.ts';

const { campaign } = planRecord();

planStoreContract('a run file', async (plan) => {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'some.run');
  const writer = openPlanWriter(path, plan.campaign);
  const readers: RunReader[] = [];
  return {
    writer,
    finished() {
      if (!existsSync(path)) return null;
      const reader = openRunReader(path);
      readers.push(reader);
      return reader;
    },
    async [Symbol.asyncDispose]() {
      for (const reader of readers) reader.close();
      writer.discard();
      await folder[Symbol.asyncDispose]();
    },
  };
});

describe('a run file in the making', () => {
  let folder: TemporaryFolder;
  let path: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    path = join(folder.path, 'some.run');
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

  it('is private from its first byte to its last', () => {
    const writer = openPlanWriter(path, campaign);
    expect(readdirSync(folder.path).map((file) => [file, modeOf(join(folder.path, file))])).toEqual([
      ['some.run.lock', '600'],
      ['some.run.partial', '600'],
    ]);
    writer.finish(planRecord());
    expect(modeOf(path)).toBe('600');
  });

  it('is one single file once it is finished', () => {
    writeRunFile(path, someMessages(10));
    expect(readdirSync(folder.path)).toEqual(['some.run']);
  });

  it('leaves nothing at all when it is discarded', () => {
    const writer = openPlanWriter(path, campaign);
    writer.append(someMessages(10).map(plannedMessage), []);
    writer.discard();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('makes the folders it is to lie in', () => {
    const deep = join(folder.path, 'runs', 'today', 'some.run');
    writeRunFile(deep, someMessages(1));
    expect(existsSync(deep)).toBe(true);
  });

  it('takes the folders back that it made for a plan that is discarded, unless they are used by now', () => {
    openPlanWriter(join(folder.path, 'made', 'twice', 'refused.run'), campaign).discard();
    expect(readdirSync(folder.path)).toEqual([]);

    const writer = openPlanWriter(join(folder.path, 'used', 'refused.run'), campaign);
    writeFileSync(join(folder.path, 'used', 'notes.txt'), 'mine');
    writer.discard();
    expect(readdirSync(join(folder.path, 'used'))).toEqual(['notes.txt']);
  });

  it('never overwrites a file', () => {
    writeRunFile(path, someMessages(3));
    expect(() => openPlanWriter(path, campaign)).toThrow(
      expect.objectContaining({
        code: 'RUN_FILE_EXISTS',
        kind: 'stale',
        message: `the run file "${path}" exists already`,
      }),
    );
    expect(readdirSync(folder.path)).toEqual(['some.run']);
  });

  it('never overwrites a file that has come meanwhile', () => {
    const writer = openPlanWriter(path, campaign);
    writeFileSync(path, 'somebody was here first');
    expect(() => writer.finish(planRecord())).toThrow(expect.objectContaining({ code: 'RUN_FILE_EXISTS' }));
    writer.discard();
    expect(readdirSync(folder.path)).toEqual(['some.run']);
    expect(statSync(path).size).toBe(23);
  });

  it('keeps another plan from the same place, and lets it in afterwards', () => {
    const writer = openPlanWriter(path, campaign);
    expect(() => openPlanWriter(path, campaign)).toThrow(expect.objectContaining({ code: 'RUN_LOCKED' }));
    writer.discard();
    openPlanWriter(path, campaign).discard();
  });

  it('keeps a plan from a run that is being sent', async () => {
    writeRunFile(path, someMessages(1));
    const { checkpoint } = openCheckpoint(path, impatientClock);
    expect(() => openPlanWriter(path, campaign)).toThrow(expect.objectContaining({ kind: 'locked' }));
    await checkpoint.close();
  });

  it('says that a place cannot be written to', () => {
    const file = join(folder.path, 'a file');
    writeFileSync(file, '');
    mkdirSync(join(folder.path, 'some.run.lock'));
    for (const place of [join(file, 'some.run'), path]) {
      expect(() => openPlanWriter(place, campaign)).toThrow(
        expect.objectContaining({
          code: 'RUN_FILE_UNWRITABLE',
          kind: 'usage',
          message: `cannot write the run file "${place}"`,
          hint: 'check that the folder exists, is writable, and has room',
        }),
      );
    }
  });

  it('says that the disk is full, and leaves nothing behind', async () => {
    expect(await saidOnFullDisk(64, 'planUntilFull', path)).toBe('RUN_FILE_UNWRITABLE usage');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it.each(['rows', 'repeats', 'complete'])(
    'has no file under its name when it is killed with its %s done, and a later plan takes its place',
    async (step) => {
      const planner = await childAt(step, 'plan', path);
      await planner.kill();
      expect(() => openRunReader(path)).toThrow(expect.objectContaining({ code: 'RUN_FILE_MISSING' }));
      writeRunFile(path, someMessages(3));
      const reader = openRunReader(path);
      expect(await flatten(reader.messages())).toEqual(someMessages(3));
      reader.close();
      expect(readdirSync(folder.path)).toEqual(['some.run']);
    },
  );

  it.each(['rows', 'repeats'])('is no run file under any name when it is killed with its %s done', async (step) => {
    const planner = await childAt(step, 'plan', path);
    await planner.kill();
    expect(() => openRunReader(`${path}.partial`)).toThrow(expect.objectContaining({ code: 'NOT_A_RUN_FILE' }));
  });
});

describe('a scratch plan', () => {
  it('works like any other, and has no file to finish', async () => {
    const writer = openPlanWriter(null, campaign);
    writer.append([plannedMessage(aMessage(2))], []);
    writer.settleRepeats(() => {});
    expect(await flatten(writer.messages())).toEqual([aMessage(2)]);
    expect(() => writer.finish(planRecord())).toThrow('no file to finish');
    writer.discard();
  });
});
