/** What a run file keeps of how accepted messages ended. */
import type { DatabaseSync } from 'node:sqlite';
import type { Campaign } from '../../../domain/campaign.ts';
import { type Checkpoint, type DeliveryFinding, waitingDelivery } from '../../../domain/checkpoint.ts';
import { wentBy } from './by-channel.ts';
import type { CommitQueue } from './commit-queue.ts';
import { runMessageColumns, toMessage } from './message-columns.ts';

type DeliveryStore = Pick<Checkpoint, 'undeliveredRows' | 'recordDeliveries'>;

export function deliveryStore(db: DatabaseSync, queue: CommitQueue, campaign: Campaign): DeliveryStore {
  const undelivered = wentBy(
    db,
    campaign,
    (condition) =>
      `SELECT ${runMessageColumns(campaign)}, a.message_id, a.started_at, a.ended_at
       FROM attempt a JOIN planned p ON p.row = a.row
       WHERE a.row > ? AND a.leaves = 'accepted' AND a.message_id IS NOT NULL
         AND (a.delivery IS NULL OR a.delivery = '${waitingDelivery}') AND ${condition} ORDER BY a.row LIMIT ?`,
  );
  const record = db.prepare("UPDATE attempt SET delivery = ?, delivered_at = ? WHERE row = ? AND leaves = 'accepted'");

  function write({ row, delivery, deliveredAt }: DeliveryFinding): void {
    const { changes } = record.run(delivery, deliveredAt, row);
    if (changes !== 1) throw new Error(`row ${row} was not accepted, so there is nothing to record`);
  }

  return {
    async undeliveredRows(afterRow, limit, channel) {
      queue.flush();
      return undelivered(channel)
        .all(afterRow, limit)
        .map((found) => ({
          message: toMessage(found, campaign),
          messageId: String(found['message_id']),
          startedAt: Number(found['started_at']),
          endedAt: Number(found['ended_at']),
        }));
    },
    recordDeliveries: (findings) => queue.add(() => findings.forEach(write), 0),
  };
}
