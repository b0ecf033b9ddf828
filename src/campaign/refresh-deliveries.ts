/** Asks the service how accepted text messages ended, and records what it tells. No row moves: accepted is not delivered. */
import { lookUp } from '../domain/catalogue.ts';
import { type Checkpoint, type DeliveryFinding, type UndeliveredRow, waitingDelivery } from '../domain/checkpoint.ts';
import { bizIdOf, detailsUnder, type SendDetail, type SendDetails } from '../domain/sms/send-details.ts';
import { batchesOf, mapAtOnce, mostBroken } from './reconcile-rounds.ts';

export interface RefreshOptions {
  readonly checkpoint: Pick<Checkpoint, 'undeliveredRows' | 'recordDeliveries'>;
  readonly details: SendDetails;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Aborted: asks nothing more; what was told by then stays recorded. */
  readonly signal: AbortSignal;
}

/** Of the messages whose end was not known before. */
export interface DeliveryCounts {
  readonly delivered: number;
  readonly failed: number;
  readonly waiting: number;
  /** The service does not show them, or no longer, or not which of several they are, or did not answer. */
  readonly untold: number;
}

/** Rows read, and answers recorded, together. */
const rowsAtOnce = 200;
/** Questions under way at once. The look-ups keep their own pace. */
const atATime = 8;

/** Throws an `OperatorError` when the service refuses to tell. */
export async function refreshDeliveries(options: RefreshOptions): Promise<DeliveryCounts> {
  const { checkpoint, details, now, signal } = options;
  const counts = { delivered: 0, failed: 0, waiting: 0, untold: 0 };
  let brokenInARow = 0;

  const mayAsk = (): boolean => !signal.aborted && brokenInARow < mostBroken;

  async function ask(row: UndeliveredRow): Promise<DeliveryFinding | null> {
    const { message, messageId, startedAt, endedAt } = row;
    if (startedAt < now - details.keepsMs) {
      counts.untold += 1;
      return null;
    }
    const query = { to: message.to, from: startedAt, until: endedAt, bizId: bizIdOf(messageId) };
    const reading = await details.read(query);
    brokenInARow = reading.kind === 'broken' ? brokenInARow + 1 : 0;
    const detail = reading.kind === 'broken' ? null : detailOf(row, reading.details);
    if (detail === null || detail.status === 'unknown') {
      counts.untold += 1;
      return null;
    }
    counts[detail.status] += 1;
    return { row: message.row, ...endOf(detail) };
  }

  let afterRow = 0;
  for (;;) {
    const rows = await checkpoint.undeliveredRows(afterRow, rowsAtOnce, 'sms');
    const last = rows.at(-1);
    if (last === undefined) return counts;
    afterRow = last.message.row;
    for (const batch of batchesOf(rows, rowsAtOnce)) {
      const { results, rest } = await mapAtOnce(batch, atATime, mayAsk, ask);
      await checkpoint.recordDeliveries(results.filter((finding) => finding !== null));
      counts.untold += rest.length;
    }
  }
}

/** Null where the service does not show it, or shows several that ended differently and does not say which it is. */
function detailOf({ message, messageId }: UndeliveredRow, details: readonly SendDetail[]): SendDetail | null {
  const own = detailsUnder(messageId, message.to, details);
  const [first] = own;
  if (first === undefined) return null;
  const same = own.every(({ status, carrierCode }) => status === first.status && carrierCode === first.carrierCode);
  return same ? first : null;
}

function endOf({ status, carrierCode, receivedAt }: SendDetail): Pick<DeliveryFinding, 'delivery' | 'deliveredAt'> {
  if (status === 'delivered') return { delivery: 'delivered', deliveredAt: receivedAt };
  if (status !== 'failed') return { delivery: waitingDelivery, deliveredAt: null };
  const cause = carrierCode === null ? null : (lookUp(carrierCode, 'carrier')?.cause ?? null);
  const said = cause === null ? '' : `: ${cause}`;
  return { delivery: `failed: ${carrierCode ?? 'no code'}${said}`, deliveredAt: null };
}
