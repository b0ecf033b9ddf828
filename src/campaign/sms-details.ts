/** What the service tells of messages that went out: of one number on one day, or of the accepted rows of a run. */
import { OperatorError } from '../domain/operator-error.ts';
import type { ResultRow } from '../domain/result.ts';
import type { RunReader } from '../domain/run-reader.ts';
import { chinaDay, dayMs } from '../domain/sms/china-time.ts';
import { chinaDayStart } from '../domain/sms/parse-china-day.ts';
import {
  bizIdOf,
  type DetailsQuery,
  detailsUnder,
  type SendDetail,
  type SendDetails,
} from '../domain/sms/send-details.ts';

export class DetailsUntoldError extends OperatorError {
  override readonly code = 'SERVICE_UNREACHABLE';
  override readonly kind = 'unreachable';
}

/** All messages to a number on a day of the service, `yyyyMMdd`, in the service's order. */
export async function detailsOfNumber(details: SendDetails, to: string, day: string): Promise<readonly SendDetail[]> {
  const from = chinaDayStart(day);
  const found = await read(details, { to, from, until: from + dayMs - 1, bizId: null });
  // The source asks for the days around it as well.
  return found.filter(({ sentAt }) => sentAt === null || chinaDay(sentAt) === day);
}

export interface RowDetail {
  readonly row: number;
  /** Digits only. */
  readonly to: string;
  /** Null: the service does not show the message, yet or any more. */
  readonly detail: SendDetail | null;
}

/** Rows that are asked about at once; the source keeps to its own limit. */
const rowsAtOnce = 200;

/**
 * The rows of a run that were accepted as text messages, in list order, those of one day of the service where `day` is not null. `now` is in milliseconds
 * since 1970: what is too old by then is not asked about.
 */
export async function* detailsOfRun(
  details: SendDetails,
  reader: Pick<RunReader, 'results'>,
  day: string | null,
  now: number,
): AsyncGenerator<RowDetail> {
  for await (const rows of reader.results()) {
    const accepted = rows.flatMap((row) => acceptedOn(row, day));
    for (let at = 0; at < accepted.length; at += rowsAtOnce) {
      yield* await Promise.all(accepted.slice(at, at + rowsAtOnce).map((each) => detailOfRow(details, each, now)));
    }
  }
}

interface AcceptedRow {
  readonly row: number;
  readonly to: string;
  readonly acceptedAt: number;
  readonly messageId: string;
}

function acceptedOn(result: ResultRow, day: string | null): readonly AcceptedRow[] {
  const { row, to, status, channel, acceptedAt, messageId } = result;
  if (status !== 'accepted' || channel !== 'sms' || to === null || acceptedAt === null || messageId === null) return [];
  return day === null || chinaDay(acceptedAt) === day ? [{ row, to, acceptedAt, messageId }] : [];
}

async function detailOfRow(
  details: SendDetails,
  { row, to, acceptedAt, messageId }: AcceptedRow,
  now: number,
): Promise<RowDetail> {
  if (acceptedAt < now - details.keepsMs) return { row, to, detail: null };
  const found = await read(details, { to, from: acceptedAt, until: acceptedAt, bizId: bizIdOf(messageId) });
  const [detail = null] = detailsUnder(messageId, to, found);
  return { row, to, detail };
}

async function read(details: SendDetails, query: DetailsQuery): Promise<readonly SendDetail[]> {
  const reading = await details.read(query);
  if (reading.kind === 'whole') return reading.details;
  throw new DetailsUntoldError(`no answer about the messages: ${reading.code}: ${reading.reason}`, {
    hint: 'check the connection and try again; nothing was changed',
  });
}
