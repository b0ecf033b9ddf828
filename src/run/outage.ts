/** How a run bears a service that cannot be reached: it asks ever more rarely, and gives up after a minute. */
import type { Clock } from '../domain/clock.ts';

export interface Outage {
  /** The service answered, whatever it said. */
  over(): void;
  /** No connection could be made. Says for how long none could be by now, and how long to hold everything; null: held already. */
  note(): { readonly forMs: number; readonly holdMs: number | null };
}

/** Without any connection for this long the run stops. */
export const unreachableLimitMs = 60_000;
const firstReconnectMs = 250;
const longestReconnectMs = 10_000;

export function createOutage(clock: Clock): Outage {
  let since: number | null = null;
  let reconnectMs = firstReconnectMs;
  let reconnectAt = Number.NEGATIVE_INFINITY;
  return {
    over() {
      since = null;
      reconnectMs = firstReconnectMs;
    },
    note() {
      const now = clock.monotonic();
      since ??= now;
      const forMs = now - since;
      // What was in flight fails together and says one thing.
      if (now < reconnectAt) return { forMs, holdMs: null };
      const holdMs = reconnectMs;
      reconnectAt = now + holdMs;
      reconnectMs = Math.min(longestReconnectMs, reconnectMs * 2);
      return { forMs, holdMs };
    },
  };
}
