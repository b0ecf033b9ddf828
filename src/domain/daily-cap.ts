/** How many messages of a run may go out in any 24 hours. */
import { type Campaign, templateOf } from './campaign.ts';
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

/** How so many messages or people spread over days: `10,000 now, 2,000 a day later`. For more than the cap. */
export function overDays(total: number, cap: number): string {
  const later = total - cap;
  const days = Math.ceil(later / cap);
  return `${counted(cap)} now, ${counted(later)} ${days === 1 ? 'a day later' : `over the next ${days} days`}`;
}

/** `12000` becomes `12,000`. */
function counted(value: number): string {
  return value.toLocaleString('en-US');
}

/** The people a sender may reach a day, or null where that is unlimited or unknown. */
export function tierPeopleOf(sender: Sender | null): number | null {
  return sender?.tier?.kind === 'people' ? sender.tier.people : null;
}

/**
 * The people a day that bound a campaign. Source: Meta, messaging limits: they count who is written to outside an open
 * window, so that words of one's own do not count and a template does, also as a fallback.
 */
export function tierPeopleFor(campaign: Pick<Campaign, 'content' | 'fallback'>, sender: Sender | null): number | null {
  return templateOf(campaign) === null ? null : tierPeopleOf(sender);
}
