/** How many messages of a run may go out in any 24 hours. */
import type { Sender } from './sender.ts';

/** `tier`: what the service says the sender may; where it says nothing, there is no cap. */
export type DailyCap =
  | { readonly kind: 'tier' }
  | { readonly kind: 'none' }
  | { readonly kind: 'count'; readonly count: number };

export const dayMs = 86_400_000;

/** The number that holds, or null where none does. `tierPeople` is the sender's tier as it was told when planning. */
export function effectiveDailyCap(cap: DailyCap, tierPeople: number | null): number | null {
  switch (cap.kind) {
    case 'tier':
      return tierPeople;
    case 'none':
      return null;
    case 'count':
      return cap.count;
  }
}

/** The people a sender may reach a day, or null where that is unlimited or unknown. */
export function tierPeopleOf(sender: Sender | null): number | null {
  return sender?.tier?.kind === 'people' ? sender.tier.people : null;
}
