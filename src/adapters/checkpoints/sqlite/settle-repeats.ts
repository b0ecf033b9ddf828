/** Leaves out of a plan what nobody should get: messages to suppressed addresses, and whatever would reach somebody twice. */
import type { DatabaseSync } from 'node:sqlite';
import type { Finding } from '../../../domain/finding.ts';
import { maskAddress } from '../../../domain/mask.ts';
import type { Channel, Message } from '../../../domain/message.ts';
import { pairIntervalMs } from '../../../domain/pair-rate.ts';
import type { LeftOut, MostToOne } from '../../../domain/plan-store.ts';
import type { SqlRow } from './message-columns.ts';
import { numberOrNull, textOrNull } from './plan-queries.ts';
import { disposition } from './schema.ts';

type AddFinding = (finding: Finding) => void;
type OnLeftOut = (rows: readonly LeftOut[]) => void;

export function leaveOutSuppressed(db: DatabaseSync, addFinding: AddFinding, onLeftOut: OnLeftOut): void {
  const known = db.prepare("SELECT 1 FROM sqlite_temp_master WHERE name = 'suppressed'").get();
  if (known === undefined) return;
  const rows = db
    .prepare(
      `SELECT row, address, language, country, segments FROM planned
       WHERE disposition = ${disposition.send} AND address IN (SELECT address FROM suppressed) ORDER BY row`,
    )
    .iterate();
  const mark = db.prepare('UPDATE planned SET disposition = ? WHERE row = ?');
  for (const record of rows) {
    const row = Number(record['row']);
    mark.run(disposition.suppressed, row);
    addFinding({
      row,
      column: null,
      code: 'SUPPRESSED',
      severity: 'info',
      value: maskAddress(String(record['address'])),
      message: 'the address is on the do-not-contact list; it is left out',
      hint: null,
    });
    onLeftOut([leftOut(record, 'suppressed')]);
  }
}

/**
 * One sort over all addresses finds those that occur more than once; only their rows are looked at further, so a clean
 * list pays for the sort alone and memory stays bounded.
 */
export function leaveOutRepeats(
  db: DatabaseSync,
  channel: Channel,
  addFinding: AddFinding,
  onLeftOut: OnLeftOut,
): MostToOne {
  db.exec(`
    CREATE TEMP TABLE repeated AS
      SELECT address FROM planned WHERE disposition = ${disposition.send} GROUP BY address HAVING count(*) > 1`);
  if (db.prepare('SELECT 1 FROM repeated').get() === undefined) return { messages: 1, fallbacks: 1 };
  db.exec(`
    CREATE TEMP TABLE repeat AS
      SELECT row, address, key, language, country, segments, fallback FROM planned
      WHERE disposition = ${disposition.send} AND address IN (SELECT address FROM repeated);
    DROP TABLE repeated;
  `);
  const mark = db.prepare('UPDATE planned SET disposition = ? WHERE row = ?');
  const withoutFallback = db.prepare('UPDATE planned SET fallback = NULL, segments = NULL WHERE row = ?');
  let address = '';
  let firstRow = 0;
  let firstByKey = new Map<string, number>();
  /** What each of them may go out as instead, written down: to one person it goes once, like every message. */
  let firstByFallback = new Map<string, number>();
  const most = { messages: 1, fallbacks: 1 };
  for (const record of db.prepare('SELECT * FROM repeat ORDER BY address, row').iterate()) {
    const row = Number(record['row']);
    const key = String(record['key']);
    const fallback = fallbackWords(record);
    if (record['address'] !== address) {
      address = String(record['address']);
      firstRow = row;
      firstByKey = new Map([[key, row]]);
      firstByFallback = new Map(fallback === null ? [] : [[fallback, row]]);
      continue;
    }
    const same = firstByKey.get(key);
    if (same === undefined) {
      firstByKey.set(key, row);
      most.messages = Math.max(most.messages, firstByKey.size);
      addFinding(sameAddress(row, address, firstRow, channel));
      const sameFallback = fallback === null ? undefined : firstByFallback.get(fallback);
      if (sameFallback !== undefined) {
        withoutFallback.run(row);
        addFinding(fallbackRepeated(row, address, sameFallback));
        onLeftOut([leftOut(record, 'fallback')]);
      } else if (fallback !== null) {
        firstByFallback.set(fallback, row);
        most.fallbacks = Math.max(most.fallbacks, firstByFallback.size);
      }
      continue;
    }
    mark.run(disposition.duplicate, row);
    addFinding(duplicate(row, address, same));
    onLeftOut([leftOut(record, 'duplicate')]);
  }
  db.exec('DROP TABLE repeat');
  return most;
}

/** What a row would go out as instead, as its reader would see it; null: nothing. Ids of one's own are no words. */
function fallbackWords(record: SqlRow): string | null {
  const written = textOrNull(record['fallback']);
  if (written === null) return null;
  // Written by the plan writer from this very type.
  const content = JSON.parse(written) as NonNullable<Message['fallback']>;
  return content.kind === 'template' ? written : JSON.stringify([content.sign, content.code, content.params]);
}

function leftOut(record: SqlRow, kind: LeftOut['kind']): LeftOut {
  return {
    row: Number(record['row']),
    to: String(record['address']),
    language: String(record['language']),
    country: String(record['country']),
    segments: numberOrNull(record['segments']),
    kind,
  };
}

function duplicate(row: number, address: string, first: number): Finding {
  return {
    row,
    column: null,
    code: 'DUPLICATE',
    severity: 'info',
    value: maskAddress(address),
    message: `the same message to the same address stands in row ${first}; it goes once`,
    hint: null,
  };
}

function sameAddress(row: number, address: string, first: number, channel: Channel): Finding {
  const apartMs = pairIntervalMs(channel);
  const apart = apartMs === null ? '' : `; they leave at least ${apartMs / 1_000} s apart`;
  return {
    row,
    column: null,
    code: 'SAME_ADDRESS',
    severity: 'warning',
    value: maskAddress(address),
    message: `the same address stands in row ${first} with a different message; both go`,
    hint: `check that this person should get both${apart}`,
  };
}

function fallbackRepeated(row: number, address: string, first: number): Finding {
  return {
    row,
    column: null,
    code: 'FALLBACK_REPEATED',
    severity: 'warning',
    value: maskAddress(address),
    message: `row ${first} has the same fallback for the same address; it goes once, and this row has none`,
    hint: 'nothing to do, unless this person should get it twice: then fill it differently',
  };
}
