/**
 * Writes attempts as they begin and end, inside of somebody's transaction. A request of many rows takes one statement for
 * all of them, and the simplest that is right for them: that decides how many rows a second are possible.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { AttemptEnd, AttemptResult, AttemptStart } from '../../../domain/checkpoint.ts';
import type { Outcome } from '../../../domain/outcome.ts';

/** Each throws where a row does not stand as it must; then the transaction is to be taken back. */
export interface AttemptWriter {
  begin(start: AttemptStart): void;
  end(end: AttemptEnd): void;
  withdraw(start: AttemptStart): void;
}

const rowsOf = (parameter: string) => `IN (SELECT value FROM json_each(${parameter}))`;

export function createAttemptWriter(db: DatabaseSync): AttemptWriter {
  const supersede = (rows: string) =>
    db.prepare(`UPDATE attempt SET leaves = NULL WHERE row ${rows} AND leaves = 'pending'`);
  const supersedeOne = supersede('= ?');
  const supersedeMany = supersede(rowsOf('?'));
  // Nothing is inserted where an earlier attempt still says where the row is: such a row must not go again.
  const insertOne = db.prepare(
    `INSERT INTO attempt (row, number, request, started_at, leaves)
     SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, 'open' FROM attempt WHERE row = ?1 HAVING count(leaves) = 0`,
  );
  const insertMany = db.prepare(
    `INSERT INTO attempt (row, number, request, started_at, leaves)
     SELECT r.value, coalesce((SELECT max(number) FROM attempt a WHERE a.row = r.value), 0) + 1, ?2, ?3, 'open'
     FROM json_each(?1) r WHERE NOT EXISTS (SELECT 1 FROM attempt a WHERE a.row = r.value AND a.leaves IS NOT NULL)`,
  );
  const anyWithin = db.prepare('SELECT 1 FROM attempt WHERE row BETWEEN ? AND ? LIMIT 1');
  const insertFirst = db.prepare(
    `INSERT INTO attempt (row, number, request, started_at, leaves) SELECT value, 1, ?2, ?3, 'open' FROM json_each(?1)`,
  );
  const update = (rows: string) =>
    db.prepare(
      `UPDATE attempt SET ended_at = ?, outcome = ?, code = ?, reason = ?, message_id = ?, group_id = ?, request_id = ?,
         leaves = ?, fell_back = ?
       WHERE request = ? AND leaves = 'open' AND row ${rows}`,
    );
  const updateOne = update('= ?');
  const updateMany = update(rowsOf('?'));
  const updateWithin = update('BETWEEN ? AND ?');
  const remove = db.prepare(`DELETE FROM attempt WHERE row = ? AND leaves = 'open' AND request = ?`);
  const restore = db.prepare(
    `UPDATE attempt SET leaves = 'pending' WHERE row = ?1 AND number = (SELECT max(number) FROM attempt WHERE row = ?1)`,
  );

  /** Results that say the same of their rows: of all rows of the attempt, or of some. */
  function writeResults({ id, endedAt }: AttemptEnd, results: readonly AttemptResult[], ofAll: boolean): void {
    const [first, ...others] = results;
    if (first === undefined) return;
    const { kind, code, reason, messageId, groupId, requestId } = columnsOf(first.outcome);
    const fellBack = first.next === 'fallback';
    const leaves = fellBack ? 'pending' : first.next;
    const values = [endedAt, kind, code, reason, messageId, groupId, requestId, leaves, fellBack ? 1 : 0, id] as const;
    const rows = results.map(({ row }) => row);
    const span = spanOf(rows);
    const isDense = span.last - span.first < rows.length * widestSpan;
    const { changes } =
      others.length === 0
        ? updateOne.run(...values, first.row)
        : ofAll && isDense
          ? updateWithin.run(...values, span.first, span.last)
          : updateMany.run(...values, JSON.stringify(rows));
    if (changes !== rows.length) throw new Error(`${describeRows(results)} without an open attempt ${id} to settle`);
  }

  return {
    begin({ id, rows, startedAt }) {
      const [first, ...others] = rows;
      if (first === undefined) return;
      if (others.length === 0) {
        supersedeOne.run(first);
        if (insertOne.run(first, id, startedAt).changes !== 1) throw new Error(`row ${first} is not in line`);
        return;
      }
      const written = JSON.stringify(rows);
      const span = spanOf(rows);
      const areNew = anyWithin.get(span.first, span.last) === undefined;
      if (!areNew) supersedeMany.run(written);
      if ((areNew ? insertFirst : insertMany).run(written, id, startedAt).changes !== rows.length) {
        throw new Error(`attempt ${id} has a row that is not in line, of the ${rows.length} from ${first} on`);
      }
    },
    end(end) {
      const groups = alike(end.results);
      for (const results of groups) writeResults(end, results, groups.length === 1);
    },
    withdraw({ id, rows }) {
      for (const row of rows) {
        if (remove.run(row, id).changes !== 1) throw new Error(`row ${row} has no open attempt ${id} to withdraw`);
        restore.run(row);
      }
    },
  };
}

/** A scan over so many times the rows of a request takes less time than to look for each of them. */
const widestSpan = 3;

function spanOf(rows: readonly number[]): { readonly first: number; readonly last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const row of rows) {
    if (row < first) first = row;
    if (row > last) last = row;
  }
  return { first, last };
}

/** Neighbours with the same outcome and the same place to go to, together. */
function alike(results: readonly AttemptResult[]): readonly (readonly AttemptResult[])[] {
  const groups: AttemptResult[][] = [];
  for (const result of results) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (first?.outcome === result.outcome && first.next === result.next) group?.push(result);
    else groups.push([result]);
  }
  return groups;
}

function describeRows(results: readonly AttemptResult[]): string {
  return results.length === 1
    ? `row ${results[0]?.row} is`
    : `of rows ${results[0]?.row} to ${results.at(-1)?.row} some are`;
}

interface OutcomeColumns {
  readonly kind: Outcome['kind'];
  readonly code: string | null;
  readonly reason: string | null;
  readonly messageId: string | null;
  readonly groupId: string | null;
  readonly requestId: string | null;
}

function columnsOf(outcome: Outcome): OutcomeColumns {
  switch (outcome.kind) {
    case 'accepted':
      return {
        ...outcome,
        groupId: outcome.messageId === null ? outcome.groupMessageId : null,
        code: null,
        reason: null,
      };
    case 'rejected':
    case 'throttled':
    case 'unknown':
      return { ...outcome, messageId: null, groupId: null };
    case 'unreachable':
      return { ...outcome, messageId: null, groupId: null, requestId: null };
  }
}
