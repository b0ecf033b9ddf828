/** What a run file tells of what was handed over to whom, and together with what. */
import type { DatabaseSync } from 'node:sqlite';
import type { Campaign } from '../../../domain/campaign.ts';
import type { Checkpoint } from '../../../domain/checkpoint.ts';
import { wentBy } from './by-channel.ts';
import type { CommitQueue } from './commit-queue.ts';
import { runMessageColumns, toMessage } from './message-columns.ts';

type HandOverStore = Pick<Checkpoint, 'acceptedTo' | 'handOversOf'>;

export function handOverStore(db: DatabaseSync, queue: CommitQueue, campaign: Campaign): HandOverStore {
  const accepted = db.prepare(
    `SELECT ${runMessageColumns(campaign)}, a.message_id, a.started_at, a.ended_at
     FROM attempt a JOIN planned p ON p.row = a.row
     WHERE a.leaves = 'accepted' AND a.message_id IS NOT NULL AND p.address IN (SELECT value FROM json_each(?))
     ORDER BY a.row`,
  );
  const requests = wentBy(
    db,
    campaign,
    (condition) =>
      `SELECT a.row, a.request FROM attempt a
       WHERE a.row IN (SELECT value FROM json_each(?)) AND a.outcome IN ('accepted', 'unknown') AND ${condition}`,
  );

  return {
    async acceptedTo(addresses) {
      queue.flush();
      return accepted.all(JSON.stringify(addresses)).map((found) => ({
        message: toMessage(found, campaign),
        messageId: String(found['message_id']),
        startedAt: Number(found['started_at']),
        endedAt: Number(found['ended_at']),
      }));
    },
    async handOversOf(rows, channel) {
      queue.flush();
      const byRow = Map.groupBy(requests(channel).all(JSON.stringify(rows)), (found) => Number(found['row']));
      return new Map([...byRow].map(([row, found]) => [row, new Set(found.map(({ request }) => String(request)))]));
    },
  };
}
