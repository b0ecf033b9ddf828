/** The table of a report: every column of the list, then sendoff's own. The same cells in every form. */
import { diagnose, retryAtOf } from './report.ts';
import type { ResultRow } from './result.ts';
import type { PlanRecord } from './run-record.ts';

const ownColumns = [
  'sendoff_row',
  'sendoff_to',
  'sendoff_status',
  'sendoff_message_id',
  'sendoff_code',
  'sendoff_cause',
  'sendoff_fix',
  'sendoff_retry_at',
  'sendoff_attempts',
  'sendoff_accepted_at',
  'sendoff_delivery',
  'sendoff_delivered_at',
  'sendoff_channel',
  'sendoff_via',
] as const;

/** Stands last in the report of an emulated run, and in no other, so that nobody takes it for a real one. */
const emulatedColumn = 'sendoff_emulated';

/** The request that a message shared with others: in the JSON forms alone, and only of rows that went so. */
const groupField = 'sendoff_group_message_id';

/** A text, a number, or null where there is nothing to say. */
export type ReportCell = string | number | null;

export interface ReportTable {
  readonly columns: readonly string[];
  /** The cells of one row, one for every column. */
  cells(row: ResultRow): readonly ReportCell[];
  /** What the JSON forms have beside the columns. */
  fields(row: ResultRow): Readonly<Record<string, ReportCell>>;
}

/**
 * The table for a plan. Where the list already has sendoff's columns, because it is a report that was fed back, they are
 * replaced: the old ones go, and the new ones stand at the end.
 */
export function reportTable(plan: Pick<PlanRecord, 'columns' | 'service'>): ReportTable {
  const kept = [...plan.columns.keys()].filter((index) => !isOwn(plan.columns[index] ?? ''));
  const emulated = plan.service.kind === 'emulator';
  return {
    columns: [...kept.map((index) => plan.columns[index] ?? ''), ...ownColumns, ...(emulated ? [emulatedColumn] : [])],
    cells: (row) => [...kept.map((index) => row.cells[index] ?? ''), ...ownCells(row), ...(emulated ? ['yes'] : [])],
    fields: ({ groupMessageId }) => (groupMessageId === null ? {} : { [groupField]: groupMessageId }),
  };
}

function isOwn(column: string): boolean {
  const name = column.trim().toLowerCase();
  return name === emulatedColumn || name === groupField || ownColumns.some((own) => own === name);
}

function ownCells(row: ResultRow): readonly ReportCell[] {
  const own: Record<(typeof ownColumns)[number], ReportCell> = {
    sendoff_row: row.row,
    sendoff_to: row.to,
    sendoff_status: row.status,
    sendoff_message_id: row.messageId,
    sendoff_code: row.code,
    sendoff_cause: causeOf(row),
    sendoff_fix: diagnose(row.status, row.code, row.channel)?.fix || null,
    sendoff_retry_at: isoTime(retryAtOf(row)),
    sendoff_attempts: row.attempts,
    sendoff_accepted_at: isoTime(row.acceptedAt),
    sendoff_delivery: row.delivery,
    sendoff_delivered_at: isoTime(row.deliveredAt),
    sendoff_channel: row.channel,
    sendoff_via: row.via,
  };
  return ownColumns.map((column) => own[column]);
}

/** The findings of a row say more than the general cause of their code; the service's own words stand beside ours. */
function causeOf(row: ResultRow): string | null {
  if (row.status === 'accepted') return row.detail;
  const cause = diagnose(row.status, row.code, row.channel)?.cause ?? null;
  if (row.detail === null) return cause;
  if (row.status === 'invalid' || row.status === 'skipped' || cause === null) return row.detail;
  return `${cause} The service: ${row.detail}`;
}

/** ISO 8601 in UTC, to the millisecond. */
function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
