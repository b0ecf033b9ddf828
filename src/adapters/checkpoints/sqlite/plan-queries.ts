/** Reads the frozen half of a run file. Shared by the writer (before a plan is finished) and the reader (after). */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Campaign } from '../../../domain/campaign.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { FindingGroup, InvalidRow, PlanReader } from '../../../domain/plan-store.ts';
import { messageColumns, readMessages, type SqlRow, toMessage } from './message-columns.ts';
import { disposition } from './schema.ts';

/** Rows a chunk: large enough to make the steps between chunks cheap, small enough to be garbage before the next collection. */
const chunkRows = 200;

export function toCells(record: SqlRow): readonly string[] {
  // Written by the plan writer from a string array.
  return JSON.parse(String(record['cells'])) as string[];
}

export function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** Walks a query in chunks by row number, so that no statement stays open between two of them. */
export async function* chunksByRow<T extends { readonly row: number }>(
  read: (afterRow: number, limit: number) => readonly T[],
): AsyncGenerator<readonly T[]> {
  let afterRow = 0;
  for (;;) {
    const chunk = read(afterRow, chunkRows);
    const last = chunk.at(-1);
    if (last === undefined) return;
    yield chunk;
    afterRow = last.row;
  }
}

export function planReader(db: DatabaseSync, campaign: Campaign): PlanReader {
  const findingsOfRow = db.prepare('SELECT * FROM finding WHERE row = ? ORDER BY rowid');

  function findingGroups(examples: number): readonly FindingGroup[] {
    const groups = db
      .prepare(
        'SELECT code, severity, count(*) AS count FROM finding GROUP BY code, severity ORDER BY count DESC, code',
      )
      .all();
    const first = db.prepare('SELECT * FROM finding WHERE code = ? AND severity = ? ORDER BY row, rowid LIMIT ?');
    return groups.map((group) => {
      const found = first.all(String(group['code']), String(group['severity']), examples).map(toFinding);
      return {
        code: toFinding(group).code,
        severity: toFinding(group).severity,
        count: Number(group['count']),
        first: found,
      };
    });
  }

  /** Each page goes on from the last finding, since to skip those before it would cost as much as to read them. */
  async function* findings(): AsyncGenerator<readonly Finding[]> {
    const page = (where: string) =>
      db.prepare(`SELECT rowid AS id, * FROM finding WHERE ${where} ORDER BY row, rowid LIMIT ?3`);
    for (const statement of [page('row IS NULL AND rowid > ?2'), page('(row, rowid) > (?1, ?2)')]) {
      let records = statement.all(0, 0, chunkRows);
      for (let last = records.at(-1); last !== undefined; last = records.at(-1)) {
        yield records.map(toFinding);
        records = statement.all(Number(last['row']), Number(last['id']), chunkRows);
      }
    }
  }

  const invalid = db.prepare(
    `SELECT row, cells FROM planned WHERE row > ? AND disposition = ${disposition.invalid} ORDER BY row LIMIT ?`,
  );
  const sendable = db.prepare(
    `SELECT ${messageColumns} FROM planned p
     WHERE p.row > ? AND p.disposition = ${disposition.send} ORDER BY p.row LIMIT ?`,
  );
  const one = db.prepare(
    `SELECT ${messageColumns} FROM planned p WHERE p.row = ? AND p.disposition = ${disposition.send}`,
  );

  return {
    findingGroups: async (examples) => findingGroups(examples),
    findings,
    invalidRows: () =>
      chunksByRow((afterRow, limit) =>
        invalid.all(afterRow, limit).map((record): InvalidRow => {
          const row = Number(record['row']);
          return { row, cells: toCells(record), findings: findingsOfRow.all(row).map(toFinding) };
        }),
      ),
    messages: () => chunksByRow((afterRow, limit) => readMessages(sendable, [afterRow, limit], campaign)),
    messageAt: async (row) => {
      const record = one.get(row);
      return record === undefined ? null : toMessage(record, campaign);
    },
  };
}

export function toFinding(record: SqlRow): Finding {
  return {
    row: numberOrNull(record['row']),
    column: textOrNull(record['column']),
    // Both written by the plan writer from a Finding; a newer sendoff's codes are refused with its schema version.
    code: String(record['code']) as Finding['code'],
    severity: String(record['severity']) as Finding['severity'],
    value: textOrNull(record['value']),
    message: String(record['message'] ?? ''),
    hint: textOrNull(record['hint']),
  };
}
