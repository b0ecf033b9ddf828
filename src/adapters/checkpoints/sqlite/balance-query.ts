/** The balance of a run file, counted from its rows: it cannot drift from them. */
import type { DatabaseSync } from 'node:sqlite';
import type { Balance } from '../../../domain/balance.ts';
import type { SqlRow } from './message-columns.ts';
import { disposition } from './schema.ts';

/** One pass and no sorting, which would cost as much again. */
const plannedCounts = `SELECT count(*) AS rows,
  count(*) FILTER (WHERE disposition = ${disposition.send}) AS send,
  count(*) FILTER (WHERE disposition = ${disposition.invalid}) AS invalid,
  count(*) FILTER (WHERE disposition IN (${disposition.duplicate}, ${disposition.suppressed})) AS skipped FROM planned`;
const attemptCounts = `SELECT
  count(*) FILTER (WHERE leaves = 'accepted') AS accepted,
  count(*) FILTER (WHERE leaves = 'rejected') AS rejected,
  count(*) FILTER (WHERE leaves IN ('unknown', 'open')) AS unknown FROM attempt`;

/** What a finished plan says of its rows never changes, so it is counted once. */
export function createBalanceQuery(db: DatabaseSync): () => Balance {
  let planned: SqlRow | undefined;
  return () => {
    planned ??= db.prepare(plannedCounts).get();
    const left = db.prepare(attemptCounts).get();
    const of = (counted: SqlRow | undefined, name: string) => Number(counted?.[name]);
    const [accepted, rejected, unknown] = [of(left, 'accepted'), of(left, 'rejected'), of(left, 'unknown')];
    return {
      rows: of(planned, 'rows'),
      accepted,
      rejected,
      unknown,
      skipped: of(planned, 'skipped'),
      invalid: of(planned, 'invalid'),
      unsent: of(planned, 'send') - accepted - rejected - unknown,
    };
  };
}
