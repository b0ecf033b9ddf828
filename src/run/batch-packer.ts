/**
 * Fills requests with messages that may ride together. The first in line always goes; those behind it that fit join, and
 * those that do not keep their places. So a list whose languages change from row to row still goes in full requests.
 */
import type { Message } from '../domain/message.ts';
import type { Provider } from '../domain/provider.ts';
import type { RowFeed } from './row-feed.ts';

export interface BatchPacker {
  /** The messages of the next request, at most so many, in list order; none where none is in line now. */
  next(most: number): Promise<readonly Message[]>;
}

export interface BatchPackerOptions {
  readonly feed: RowFeed;
  readonly provider: Pick<Provider, 'maxMessagesPerRequest' | 'fits'>;
  /** Messages a request at most, where the provider may take more. */
  readonly messagesPerRequest: number;
}

/** How many messages are passed over for one request, as a multiple of its size: that many stay in memory. */
const passedOverPerPlace = 10;

export function createBatchPacker({ feed, provider, messagesPerRequest }: BatchPackerOptions): BatchPacker {
  return {
    async next(most) {
      const size = Math.min(messagesPerRequest, provider.maxMessagesPerRequest, most);
      const batch: Message[] = [];
      const passedOver: Message[] = [];
      while (batch.length < size && passedOver.length < size * passedOverPerPlace) {
        const message = await feed.next();
        if (message === null) break;
        if (batch.length === 0 || provider.fits(batch, message)) batch.push(message);
        else passedOver.push(message);
      }
      if (passedOver.length > 0) feed.putBack(passedOver);
      return batch;
    },
  };
}
