/** The balance of a run file, counted from its rows: it cannot drift from them. */
import type { DatabaseSync } from 'node:sqlite';
import type { Balance } from '../../../domain/balance.ts';
import { disposition } from './schema.ts';

export function readBalance(db: DatabaseSync): Balance {
  const planned = counts(db, 'SELECT disposition AS name, count(*) AS rows FROM planned GROUP BY disposition');
  const left = counts(
    db,
    'SELECT leaves AS name, count(*) AS rows FROM attempt WHERE leaves IS NOT NULL GROUP BY leaves',
  );
  const of = (found: ReadonlyMap<string, number>, name: string | number) => found.get(String(name)) ?? 0;

  const accepted = of(left, 'accepted');
  const rejected = of(left, 'rejected');
  const unknown = of(left, 'unknown') + of(left, 'open');
  const toSend = of(planned, disposition.send);
  return {
    rows: [...planned.values()].reduce((sum, rows) => sum + rows, 0),
    accepted,
    rejected,
    unknown,
    skipped: of(planned, disposition.duplicate) + of(planned, disposition.suppressed),
    invalid: of(planned, disposition.invalid),
    unsent: toSend - accepted - rejected - unknown,
  };
}

function counts(db: DatabaseSync, query: string): ReadonlyMap<string, number> {
  return new Map(
    db
      .prepare(query)
      .all()
      .map((record) => [String(record['name']), Number(record['rows'])]),
  );
}
