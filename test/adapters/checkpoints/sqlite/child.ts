/**
 * What another process does to a run file, as a program of its own: `node child.ts <role> <run file> [step]`. It says
 * on standard output how far it is, and then waits to be killed.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { openCheckpoint } from '../../../../src/adapters/checkpoints/sqlite/checkpoint.ts';
import { openPlanWriter } from '../../../../src/adapters/checkpoints/sqlite/plan-writer.ts';
import { OperatorError } from '../../../../src/domain/operator-error.ts';
import { someMessages } from '../../../support/a-message.ts';
import { accepted } from '../../../support/outcomes.ts';
import { planRecord } from '../../../support/plan-record.ts';
import { impatientClock, plannedMessage } from './run-files.ts';

const [role = '', path = '', stopAt = ''] = process.argv.slice(2);

/** Stands still for good, in the middle of whatever called it. */
function waitHere(step: string): void {
  if (step !== stopAt) return;
  fs.writeSync(1, `${step}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function plan(): void {
  const sync = fs.fsyncSync;
  fs.fsyncSync = (descriptor) => {
    waitHere('complete');
    sync(descriptor);
  };
  syncBuiltinESMExports();
  const writer = openPlanWriter(path, planRecord().campaign);
  writer.append(someMessages(2_000).map(plannedMessage), []);
  waitHere('rows');
  writer.settleRepeats(() => {});
  waitHere('repeats');
  writer.finish(planRecord());
}

function planUntilFull(): void {
  const writer = openPlanWriter(path, planRecord().campaign);
  try {
    for (let row = 2; ; row += 100) {
      writer.append(
        someMessages(100).map((message) => plannedMessage({ ...message, row: message.row + row })),
        [],
      );
    }
  } finally {
    writer.discard();
  }
}

async function sendUntilFull(): Promise<void> {
  const { checkpoint } = openCheckpoint(path, impatientClock);
  try {
    for (const { row } of someMessages(2_000)) {
      const id = `a-${row}`;
      await checkpoint.begin([{ id, rows: [row], startedAt: 0 }]);
      await checkpoint.settle([{ id, endedAt: 1, results: [{ row, outcome: accepted, next: 'accepted' }] }]);
    }
  } finally {
    await checkpoint.close();
  }
}

async function hold(): Promise<void> {
  const { checkpoint } = openCheckpoint(path, impatientClock);
  await checkpoint.begin([{ id: 'a-1', rows: [2, 3], startedAt: 0 }]);
  await checkpoint.begin([{ id: 'a-2', rows: [4], startedAt: 0 }]);
  await checkpoint.settle([{ id: 'a-2', endedAt: 1, results: [{ row: 4, outcome: accepted, next: 'accepted' }] }]);
  waitHere('holding');
}

/** Dies within a write that the disk has seen a part of. */
function spill(): void {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA cache_size = 1; BEGIN');
  db.exec("UPDATE planned SET cells = 'lost'");
  waitHere('spilled');
}

const roles: Readonly<Record<string, () => void | Promise<void>>> = {
  plan,
  planUntilFull,
  sendUntilFull,
  hold,
  spill,
};
try {
  await roles[role]?.();
} catch (cause) {
  if (!(cause instanceof OperatorError)) throw cause;
  fs.writeSync(1, `${cause.code} ${cause.kind}\n`);
}
