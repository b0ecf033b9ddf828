/** When marketing may go to numbers of mainland China: not from 20:00 to 08:00 by China's clock. */
import { chinaTime, dayMs, hourMs } from './china-time.ts';
import type { Destination } from './destination.ts';
import type { SmsTemplateKind } from './sms-template.ts';

/** Hours of the day in China between which promotions may go. Source: the promotion rules of Short Message Service. */
export const promotionHours = { from: 8, until: 20 } as const;

export type PromotionWindow =
  /** Null: no hours bind such messages. */
  { readonly kind: 'open'; readonly closing: Closing | null } | { readonly kind: 'closed'; readonly opensAt: number };

/** When the hours end, and when the next begin; milliseconds since 1970. */
export interface Closing {
  readonly closesAt: number;
  readonly opensAt: number;
}

/** Whether such a message may go at `now`; moments are milliseconds since 1970. */
export function promotionWindow(kind: SmsTemplateKind, destination: Destination, now: number): PromotionWindow {
  if (kind !== 'promotion' || destination === 'elsewhere') return { kind: 'open', closing: null };
  const { dayStartsAt, hour } = chinaTime(now);
  const opensAt = dayStartsAt + promotionHours.from * hourMs;
  const closesAt = dayStartsAt + promotionHours.until * hourMs;
  if (hour < promotionHours.from) return { kind: 'closed', opensAt };
  const opensNext = opensAt + dayMs;
  if (hour >= promotionHours.until) return { kind: 'closed', opensAt: opensNext };
  return { kind: 'open', closing: { closesAt, opensAt: opensNext } };
}
