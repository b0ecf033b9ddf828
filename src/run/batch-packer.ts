/**
 * Fills requests with messages that may ride together. The first in line always goes; those behind it that fit join, and
 * those that do not keep their places. So a list whose languages change from row to row still goes in full requests.
 * Parts of requests that were refused go before everything else, and nobody joins them.
 */
import type { Message } from '../domain/message.ts';
import type { Provider } from '../domain/provider.ts';
import type { RowFeed } from './row-feed.ts';

/** The messages of one request, in list order. */
export interface Batch {
  readonly messages: readonly Message[];
  /** Of a request that was refused: it goes as it is until it is answered for good. */
  readonly isPart: boolean;
}

export interface BatchPacker {
  /** The next request, with at most so many messages; without any where none is in line now. */
  next(most: number): Promise<Batch>;
  /** Takes requests that go as they are, in list order; their messages stay admitted to the spacing. */
  putFirst(parts: readonly (readonly Message[])[]): void;
  /** Whether a message is in line that may leave now. */
  anyInLine(): Promise<boolean>;
}

export interface BatchPackerOptions {
  readonly feed: RowFeed;
  readonly provider: Pick<Provider, 'maxMessagesPerRequest' | 'fits' | 'inOrder'>;
  /** Messages a request at most, where the provider may take more. */
  readonly messagesPerRequest: number;
}

/** How many messages are passed over for one request, as a multiple of its size: that many stay in memory. */
const passedOverPerPlace = 10;

export function createBatchPacker({ feed, provider, messagesPerRequest }: BatchPackerOptions): BatchPacker {
  /** In list order, none empty. */
  let parts: readonly (readonly Message[])[] = [];

  /** The first part; where it may not go whole, as much of it as may, and the rest stays one. */
  function nextPart(first: readonly Message[], most: number): Batch {
    const rest = first.slice(most);
    parts = [...(rest.length > 0 ? [rest] : []), ...parts.slice(1)];
    return { messages: first.slice(0, most), isPart: true };
  }

  async function fill(size: number): Promise<readonly Message[]> {
    const batch: Message[] = [];
    const passedOver: Message[] = [];
    while (batch.length < size && passedOver.length < size * passedOverPerPlace) {
      const message = await feed.next();
      if (message === null) break;
      if (batch.length === 0 || provider.fits(batch, message)) batch.push(message);
      else passedOver.push(message);
      if (passedOver.length > 0 && provider.inOrder === true) break;
    }
    if (passedOver.length > 0) feed.putBack(passedOver);
    return batch;
  }

  return {
    async next(most) {
      const [first] = parts;
      if (first !== undefined && most > 0) return nextPart(first, most);
      return {
        messages: await fill(Math.min(messagesPerRequest, provider.maxMessagesPerRequest, most)),
        isPart: false,
      };
    },
    putFirst(more) {
      parts = [...parts, ...more].sort((one, other) => firstRow(one) - firstRow(other));
    },
    async anyInLine() {
      if (parts.length > 0) return true;
      const message = await feed.next();
      if (message !== null) feed.putBack([message]);
      return message !== null;
    },
  };
}

function firstRow([first]: readonly Message[]): number {
  return first?.row ?? 0;
}
