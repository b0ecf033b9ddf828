/** Whether the messages of a plan may go at this hour: promotions to mainland China may not always. */
import { OperatorError } from '../domain/operator-error.ts';
import { type PromotionWindow, promotionHours, promotionWindow } from '../domain/sms/promotion-hours.ts';
import type { Template } from '../domain/template.ts';

export class OutOfHoursError extends OperatorError {
  override readonly code = 'OUT_OF_HOURS';
  override readonly kind = 'early';

  /** `opensAt` in milliseconds since 1970; `command` goes on with the run. */
  constructor(opensAt: number, command: string) {
    const { from, until } = promotionHours;
    super(`nothing was handed over: promotions go to mainland China from ${from}:00 to ${until}:00 China time alone`, {
      hint: `from ${new Date(opensAt).toISOString().slice(0, 16).replace('T', ' ')} UTC on: ${command}; --ignore-hours does so now`,
    });
  }
}

/**
 * The hours of a plan's messages, `now` in milliseconds since 1970. A promotion goes to the mainland alone: rows elsewhere are
 * invalid with it (SMS_DESTINATION).
 */
export function sendingHours(templates: readonly Template[], now: number): PromotionWindow {
  const promotes = templates.some(({ sms }) => sms?.kind === 'promotion');
  return promotes ? promotionWindow('promotion', 'mainland', now) : { kind: 'open', closing: null };
}
