/**
 * The checkpoint in a run file. Commits are fsynced (WAL with synchronous FULL): what `begin` and `settle` have resolved
 * survives the process and the machine.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Checkpoint, Resolution } from '../../../domain/checkpoint.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { PlanRecord } from '../../../domain/run-record.ts';
import { createAttemptWriter } from './attempt-writer.ts';
import { createBalanceQuery } from './balance-query.ts';
import { channelOf, goesBy, wasFallback, wentBy } from './by-channel.ts';
import { createCommitQueue } from './commit-queue.ts';
import { deliveryStore } from './delivery-store.ts';
import { groupStore } from './group-store.ts';
import { handOverStore } from './hand-over-store.ts';
import { readMessages, runMessageColumns, toMessage } from './message-columns.ts';
import { openRunFile } from './open-run-file.ts';
import { textOrNull } from './plan-queries.ts';
import { acquireRunLock } from './run-lock.ts';
import { disposition, interrupted } from './schema.ts';
import { asWriteError, isBusy } from './sqlite-errors.ts';
import { inTransaction } from './transaction.ts';

/** An attempt holds its request back, so it is committed in the next turn; an outcome only waits to be reported. */
const outcomeDelayMs = 10;

export interface OpenedCheckpoint {
  readonly plan: PlanRecord;
  readonly checkpoint: Checkpoint;
}

/** Takes the run's lock. Throws `RunLockedError` and what `openRunFile` throws. */
export function openCheckpoint(path: string, clock: Clock): OpenedCheckpoint {
  const probe = openRunFile(path, 'read');
  probe.db.close();
  const lock = acquireRunLock(path);
  try {
    const { db, plan } = openRunFile(path, 'write');
    enterWal(db, path);
    const checkpoint = sqliteCheckpoint(db, { path, plan, clock });
    return {
      plan,
      checkpoint: {
        ...checkpoint,
        async close() {
          try {
            await checkpoint.close();
          } finally {
            lock.release();
          }
        },
      },
    };
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

function enterWal(db: DatabaseSync, path: string): void {
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  } catch (cause) {
    db.close();
    throw asWriteError(cause, path);
  }
}

interface RunFile {
  readonly path: string;
  readonly plan: PlanRecord;
  readonly clock: Clock;
}

function sqliteCheckpoint(db: DatabaseSync, { path, plan, clock }: RunFile): Checkpoint {
  const queue = createCommitQueue(db, path, clock);
  const columns = runMessageColumns(plan.campaign);

  const inLine = `planned p LEFT JOIN attempt a ON a.row = p.row AND a.leaves IS NOT NULL
     WHERE p.disposition = ${disposition.send} AND (a.row IS NULL OR a.leaves = 'pending')`;
  const nextPending = (extra: string) =>
    goesBy(
      db,
      plan.campaign,
      (condition) => `SELECT ${columns} FROM ${inLine} AND p.row > ? ${extra} AND ${condition} ORDER BY p.row LIMIT ?`,
    );
  const pendingOfAll = nextPending('');
  const pendingOfOne = nextPending('AND p.address = ?');
  const countInLine = goesBy(db, plan.campaign, (condition) => `SELECT count(*) AS n FROM ${inLine} AND ${condition}`);
  const attempt = createAttemptWriter(db);
  const readBalance = createBalanceQuery(db);
  const unknown = wentBy(
    db,
    plan.campaign,
    (condition) =>
      `SELECT ${columns}, a.started_at, a.ended_at FROM attempt a JOIN planned p ON p.row = a.row
       WHERE a.leaves = 'unknown' AND a.row > ? AND ${condition} ORDER BY a.row LIMIT ?`,
  );
  const known = db.prepare('SELECT message_id FROM attempt WHERE message_id IN (SELECT value FROM json_each(?))');
  const newest = wentBy(
    db,
    plan.campaign,
    (condition) =>
      `SELECT ${columns}, a.message_id, a.group_id, a.ended_at FROM attempt a JOIN planned p ON p.row = a.row
       WHERE a.leaves = 'accepted' AND ${condition} ORDER BY a.ended_at DESC, a.row DESC LIMIT 1`,
  );
  const seconds = wentBy(
    db,
    plan.campaign,
    (condition) =>
      `SELECT a.started_at / 1000 AS second, count(*) AS messages FROM attempt a
       WHERE a.started_at >= ? AND a.outcome IN ('accepted', 'unknown') AND ${condition}
       GROUP BY second ORDER BY second`,
  );
  const handOvers = wentBy(
    db,
    plan.campaign,
    (condition) =>
      `SELECT p.address, max(a.ended_at) AS at FROM attempt a JOIN planned p ON p.row = a.row
       WHERE a.ended_at >= ? AND a.leaves IN ('accepted', 'rejected', 'unknown') AND ${condition}
       GROUP BY p.address ORDER BY at`,
  );
  // What the attempt ended in stays as it was: only where it leaves its row, and what is known of the message, changes.
  const found = db.prepare(
    `UPDATE attempt SET leaves = 'accepted', message_id = ?, ended_at = coalesce(?, ended_at)
     WHERE row = ? AND leaves = 'unknown'`,
  );
  const bind = db.prepare("UPDATE plan SET record = json_set(record, '$.account', json(?))");
  const back = db.prepare("UPDATE attempt SET leaves = 'pending' WHERE row = ? AND leaves = 'unknown'");

  function writeResolution(resolution: Resolution): void {
    const { row } = resolution;
    const { changes } =
      resolution.kind === 'accepted' ? found.run(resolution.messageId, resolution.at, row) : back.run(row);
    if (changes !== 1) throw new Error(`row ${row} is not unknown, so there is nothing to resolve`);
  }

  return {
    async pending(afterRow, limit, only, channel) {
      // What was settled a moment ago must not be seen as it was before.
      queue.flush();
      return only === null
        ? readMessages(pendingOfAll(channel), [afterRow, limit], plan.campaign)
        : readMessages(pendingOfOne(channel), [afterRow, only, limit], plan.campaign);
    },
    async inLine(channel) {
      queue.flush();
      return Number(countInLine(channel).get()?.['n'] ?? 0);
    },
    begin: (attempts) => queue.add(() => attempts.forEach(attempt.begin), 0),
    settle: (ends) => queue.add(() => ends.forEach(attempt.end), outcomeDelayMs),
    withdraw: (attempts) => queue.add(() => attempts.forEach(attempt.withdraw), 0),
    async closeOpenAttempts(now) {
      queue.flush();
      const close = db.prepare(
        `UPDATE attempt SET leaves = 'unknown', outcome = 'unknown', ended_at = ?, code = ?, reason = ?
         WHERE leaves = 'open'`,
      );
      const { changes } = inTransaction(db, path, () => close.run(now, interrupted.code, interrupted.reason));
      return Number(changes);
    },
    async requeue(choose) {
      queue.flush();
      const refused = db
        .prepare(
          `SELECT a.row, a.code, a.reason, a.ended_at, ${wasFallback} AS fell_back FROM attempt a
           WHERE a.leaves = 'rejected' ORDER BY a.row`,
        )
        .iterate();
      const chosen: number[] = [];
      for (const record of refused) {
        const row = Number(record['row']);
        const code = String(record['code']);
        const reason = String(record['reason']);
        const channel = channelOf(plan.campaign, record['fell_back'] === 1);
        if (choose({ row, channel, code, reason, endedAt: Number(record['ended_at']) })) chosen.push(row);
      }
      const putBack = db.prepare("UPDATE attempt SET leaves = 'pending' WHERE row = ? AND leaves = 'rejected'");
      inTransaction(db, path, () => {
        for (const row of chosen) putBack.run(row);
      });
      return chosen.length;
    },
    async unknownRows(afterRow, limit, channel) {
      queue.flush();
      return unknown(channel)
        .all(afterRow, limit)
        .map((record) => ({
          message: toMessage(record, plan.campaign),
          startedAt: Number(record['started_at']),
          endedAt: Number(record['ended_at']),
        }));
    },
    resolveUnknown: (resolutions) => queue.add(() => resolutions.forEach(writeResolution), 0),
    async knownMessageIds(ids) {
      queue.flush();
      return new Set(known.all(JSON.stringify(ids)).map((record) => String(record['message_id'])));
    },
    async lastAccepted(channel) {
      queue.flush();
      const record = newest(channel).get();
      if (record === undefined) return null;
      return {
        message: toMessage(record, plan.campaign),
        messageId: textOrNull(record['message_id']),
        groupMessageId: textOrNull(record['group_id']),
        acceptedAt: Number(record['ended_at']),
      };
    },
    ...groupStore(db, queue, plan.campaign),
    ...deliveryStore(db, queue, plan.campaign),
    ...handOverStore(db, queue, plan.campaign),
    async handedOverSince(since, channel) {
      queue.flush();
      return seconds(channel)
        .all(since)
        .map((record) => ({ second: Number(record['second']), messages: Number(record['messages']) }));
    },
    async lastHandOversSince(since, channel) {
      queue.flush();
      return handOvers(channel)
        .all(since)
        .map((record) => ({ to: String(record['address']), at: Number(record['at']) }));
    },
    bindAccount: (account) => queue.add(() => bind.run(JSON.stringify(account)), 0),
    async balance() {
      queue.flush();
      return readBalance();
    },
    async close() {
      queue.flush();
      try {
        leaveOneFile(db, path);
      } finally {
        db.close();
      }
    },
  };
}

/**
 * Everything in the one file again, so that it is safe to copy. The journal beside it goes as well, unless somebody is
 * reading: then it stays, empty, until the file is opened for writing again.
 */
function leaveOneFile(db: DatabaseSync, path: string): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
  } catch (cause) {
    if (!isBusy(cause)) throw asWriteError(cause, path);
  }
}
