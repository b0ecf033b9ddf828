/** What a run file keeps of messages that were accepted in one request and named together. */
import type { DatabaseSync } from 'node:sqlite';
import type { Campaign } from '../../../domain/campaign.ts';
import type { AcceptedGroup, Checkpoint, GroupedFinding } from '../../../domain/checkpoint.ts';
import { wentBy } from './by-channel.ts';
import type { CommitQueue } from './commit-queue.ts';
import { runMessageColumns, toMessage } from './message-columns.ts';
import { textOrNull } from './plan-queries.ts';

type GroupStore = Pick<Checkpoint, 'acceptedGroups' | 'rowsOfGroup' | 'recordGrouped' | 'namelessAmong'>;

export function groupStore(db: DatabaseSync, queue: CommitQueue, campaign: Campaign): GroupStore {
  const groups = db.prepare(
    `SELECT group_id, count(*) AS rows, count(*) - count(message_id) AS nameless,
       min(row) AS first, max(row) AS last, min(started_at) AS started, max(ended_at) AS ended
     FROM attempt WHERE group_id IS NOT NULL AND leaves = 'accepted' GROUP BY group_id ORDER BY started, first`,
  );
  // The rows of a group stand close together, so their range is the index that the table does not have.
  const rows = db.prepare(
    `SELECT ${runMessageColumns(campaign)}, a.message_id, a.delivery FROM attempt a JOIN planned p ON p.row = a.row
     WHERE a.row BETWEEN ? AND ? AND a.group_id = ? AND a.leaves = 'accepted' ORDER BY a.row`,
  );
  const record = db.prepare(
    `UPDATE attempt SET message_id = ?, delivery = ? WHERE row = ? AND leaves = 'accepted' AND group_id IS NOT NULL`,
  );
  const nameless = wentBy(
    db,
    campaign,
    (condition) =>
      `SELECT DISTINCT p.address FROM attempt a JOIN planned p ON p.row = a.row
       WHERE a.leaves = 'accepted' AND a.message_id IS NULL AND p.address IN (SELECT value FROM json_each(?))
         AND ${condition}`,
  );

  function write({ row, messageId, delivery }: GroupedFinding): void {
    const { changes } = record.run(messageId, delivery, row);
    if (changes !== 1) throw new Error(`row ${row} was not accepted with a group, so there is nothing to record`);
  }

  return {
    async acceptedGroups() {
      queue.flush();
      return groups.all().map(
        (found): AcceptedGroup => ({
          groupMessageId: String(found['group_id']),
          rows: Number(found['rows']),
          nameless: Number(found['nameless']),
          firstRow: Number(found['first']),
          lastRow: Number(found['last']),
          startedAt: Number(found['started']),
          endedAt: Number(found['ended']),
        }),
      );
    },
    async rowsOfGroup({ groupMessageId, firstRow, lastRow }) {
      queue.flush();
      return rows.all(firstRow, lastRow, groupMessageId).map((found) => ({
        message: toMessage(found, campaign),
        messageId: textOrNull(found['message_id']),
        delivery: textOrNull(found['delivery']),
      }));
    },
    recordGrouped: (findings) => queue.add(() => findings.forEach(write), 0),
    async namelessAmong(addresses, channel) {
      queue.flush();
      return new Set(
        nameless(channel)
          .all(JSON.stringify(addresses))
          .map((found) => String(found['address'])),
      );
    },
  };
}
