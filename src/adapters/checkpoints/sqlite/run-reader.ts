/** Reads a run file without taking its lock: also while another process sends from it. */
import type { DatabaseSync } from 'node:sqlite';
import { type Campaign, fallbackChannelOf } from '../../../domain/campaign.ts';
import type { ResultRow, ResultStatus } from '../../../domain/result.ts';
import { codesTimedByWords } from '../../../domain/retry-time.ts';
import type { Activity, CauseCount, LastEnd, RunReader } from '../../../domain/run-reader.ts';
import { createBalanceQuery } from './balance-query.ts';
import { channelOf, wasFallback } from './by-channel.ts';
import type { SqlRow } from './message-columns.ts';
import { openRunFile } from './open-run-file.ts';
import { chunksByRow, numberOrNull, planReader, textOrNull, toCells, toFinding } from './plan-queries.ts';
import { disposition, interrupted } from './schema.ts';

/** Rows named for each cause. */
const rowsPerCause = 10;

/** Throws `RunFileMissingError`, `NotARunFileError` or `RunFileTooNewError`. */
export function openRunReader(path: string): RunReader {
  const { db, plan } = openRunFile(path, 'read');
  const balance = createBalanceQuery(db);
  return {
    ...planReader(db, plan.campaign),
    plan,
    balance: async () => balance(),
    activity: async () => readActivity(db),
    acceptedAsFallback: async () => countFallbacks(db),
    causes: async () => readCauses(db, plan.campaign),
    results: () => readResults(db, plan.campaign),
    close: () => db.close(),
  };
}

function countFallbacks(db: DatabaseSync): number {
  const record = db.prepare(`SELECT count(*) AS n FROM attempt a WHERE a.leaves = 'accepted' AND ${wasFallback}`).get();
  return Number(record?.['n'] ?? 0);
}

function readActivity(db: DatabaseSync): Activity {
  const record = db
    .prepare(
      `SELECT min(started_at) AS first, max(started_at) AS last, sum(outcome = 'throttled') AS throttled FROM attempt`,
    )
    .get();
  const lastAttemptAt = numberOrNull(record?.['last']);
  const recent =
    lastAttemptAt === null
      ? 0
      : Number(
          db.prepare('SELECT count(*) AS n FROM attempt WHERE started_at > ?').get(lastAttemptAt - 10_000)?.['n'] ?? 0,
        );
  return {
    firstAttemptAt: numberOrNull(record?.['first']),
    lastAttemptAt,
    recentAttempts: recent,
    throttled: Number(record?.['throttled'] ?? 0),
  };
}

/**
 * For every attempted row that did not end well the code of its newest attempt; for every other its first error finding. An
 * attempt that is open has no code yet and reads as what it will be when nobody ends it.
 */
const troublesOf = (campaign: Campaign): string => `
  SELECT a.row, CASE a.leaves WHEN 'open' THEN 'unknown' ELSE a.leaves END AS state,
      ${fallbackChannelOf(campaign) === null ? '0' : wasFallback} AS fell_back,
      coalesce(a.code, '${interrupted.code}') AS code, a.ended_at,
      CASE WHEN a.code IN (SELECT value FROM json_each(:timed)) THEN a.reason END AS words FROM attempt a
    WHERE a.leaves IS NOT NULL AND a.leaves <> 'accepted' AND (a.code IS NOT NULL OR a.leaves = 'open')
  UNION ALL
  SELECT p.row, CASE p.disposition WHEN ${disposition.invalid} THEN 'invalid' ELSE 'skipped' END, NULL,
      (SELECT f.code FROM finding f WHERE f.row = p.row
        ORDER BY f.severity = 'error' DESC, f.code IN ('DUPLICATE', 'SUPPRESSED') DESC, f.rowid LIMIT 1), NULL, NULL
    FROM planned p WHERE p.disposition <> ${disposition.send}`;

function readCauses(db: DatabaseSync, campaign: Campaign): readonly CauseCount[] {
  const troubles = troublesOf(campaign);
  const timed = JSON.stringify(codesTimedByWords);
  const found = db
    .prepare(
      `WITH trouble AS (${troubles}) SELECT state, code, fell_back, words, count(*) AS rows, max(ended_at) AS last_ended_at
       FROM trouble GROUP BY state, code, fell_back, words ORDER BY words`,
    )
    .all({ timed });
  const first = db.prepare(
    `WITH trouble AS (${troubles}) SELECT row FROM trouble WHERE state IS :state AND code IS :code AND fell_back IS :fellBack
     ORDER BY row LIMIT ${rowsPerCause}`,
  );
  const groups = Map.groupBy(found, ({ state, code, fell_back }) => JSON.stringify([state, code, fell_back]));
  const causes = [...groups.values()].map((group): CauseCount => {
    const state = String(group[0]?.['state']);
    const code = String(group[0]?.['code']);
    const fellBack = numberOrNull(group[0]?.['fell_back']);
    return {
      status: statusOf(state),
      code,
      channel: fellBack === null ? null : channelOf(campaign, fellBack === 1),
      rows: group.reduce((sum, { rows }) => sum + Number(rows), 0),
      firstRows: first.all({ timed, state, code, fellBack }).map((record) => Number(record['row'])),
      lastEnds: group.flatMap(lastEndOf),
    };
  });
  return causes.sort((one, other) => other.rows - one.rows || (one.code < other.code ? -1 : 1));
}

function lastEndOf(record: SqlRow): readonly LastEnd[] {
  const endedAt = numberOrNull(record['last_ended_at']);
  return endedAt === null ? [] : [{ reason: textOrNull(record['words']), endedAt }];
}

function readResults(db: DatabaseSync, campaign: Campaign): AsyncGenerator<readonly ResultRow[]> {
  const page = db.prepare(
    `SELECT p.row, p.disposition, p.cells, p.address, a.leaves, a.outcome, a.code, a.reason, a.message_id, a.group_id,
       a.delivery, a.delivered_at, a.number, a.ended_at,
       ${wasFallback} AS fell_back
     FROM planned p LEFT JOIN attempt a ON a.row = p.row AND a.leaves IS NOT NULL
     WHERE p.row > ? ORDER BY p.row LIMIT ?`,
  );
  const findings = db.prepare('SELECT * FROM finding WHERE row = ? ORDER BY rowid');
  return chunksByRow((afterRow, limit) =>
    page.all(afterRow, limit).map((record) => {
      const leftOut = record['disposition'] !== disposition.send;
      return leftOut ? leftOutResult(record, findings.all(Number(record['row']))) : attemptedResult(record, campaign);
    }),
  );
}

function leftOutResult(record: SqlRow, findingRecords: readonly SqlRow[]): ResultRow {
  const invalid = record['disposition'] === disposition.invalid;
  const decisive = findingRecords
    .map(toFinding)
    .filter(({ code, severity }) => (invalid ? severity === 'error' : code === 'DUPLICATE' || code === 'SUPPRESSED'));
  return {
    row: Number(record['row']),
    cells: toCells(record),
    to: textOrNull(record['address']),
    status: invalid ? 'invalid' : 'skipped',
    messageId: null,
    groupMessageId: null,
    delivery: null,
    deliveredAt: null,
    via: null,
    channel: null,
    code: decisive[0]?.code ?? null,
    detail: decisive.map(({ message }) => message).join('; ') || null,
    attempts: 0,
    endedAt: null,
    acceptedAt: null,
  };
}

function attemptedResult(record: SqlRow, campaign: Campaign): ResultRow {
  const state = textOrNull(record['leaves']) ?? 'pending';
  const endedAt = numberOrNull(record['ended_at']);
  return {
    row: Number(record['row']),
    cells: toCells(record),
    to: textOrNull(record['address']),
    status: statusOf(state),
    messageId: textOrNull(record['message_id']),
    groupMessageId: textOrNull(record['group_id']),
    delivery: textOrNull(record['delivery']),
    deliveredAt: numberOrNull(record['delivered_at']),
    via: viaOf(record, campaign),
    channel: record['leaves'] === null ? null : channelOf(campaign, record['fell_back'] === 1),
    ...troubleOf(state, record),
    attempts: Number(record['number'] ?? 0),
    endedAt,
    acceptedAt: state === 'accepted' ? endedAt : null,
  };
}

function viaOf(record: SqlRow, { content }: Campaign): ResultRow['via'] {
  if (record['leaves'] === null) return null;
  if (record['fell_back'] === 1) return 'fallback';
  return content.kind === 'session' ? 'message' : 'template';
}

function troubleOf(state: string, record: SqlRow): Pick<ResultRow, 'code' | 'detail'> {
  if (state === 'open') return { code: interrupted.code, detail: interrupted.reason };
  const code = textOrNull(record['code']);
  const reason = textOrNull(record['reason']);
  // The attempt itself ended unknown; that it was accepted was found out later.
  if (state === 'accepted' && record['outcome'] === 'unknown') {
    return { code: null, detail: `found in the message log; the attempt had ended with ${code}: ${reason}` };
  }
  return { code, detail: reason };
}

function statusOf(state: string): ResultStatus {
  switch (state) {
    case 'accepted':
    case 'rejected':
    case 'unknown':
    case 'invalid':
    case 'skipped':
      return state;
    case 'open':
      return 'unknown';
    default:
      return 'unsent';
  }
}
