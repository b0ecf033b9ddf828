/** What the service will refuse of a whole list of text messages, foretold by its rules before anything leaves. */
import type { Finding } from '../finding.ts';
import { forecastLimits } from './number-limits.ts';
import { promotionHours, promotionWindow } from './promotion-hours.ts';
import type { SmsTemplateKind } from './sms-template.ts';

export interface SmsForecast {
  readonly kind: SmsTemplateKind;
  /** Messages to mainland China. */
  readonly toMainland: number;
  /** Messages to the number that gets the most of them. */
  readonly mostToOne: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const aboutAll = { row: null, column: null, value: null, severity: 'warning' } as const;

export function foretellSms({ kind, toMainland, mostToOne, now }: SmsForecast): readonly Finding[] {
  if (toMainland === 0) return [];
  return [...foretellHours(kind, now), ...foretellLimits(kind, mostToOne)];
}

/** Source: "SMS sending rules" page. */
function foretellHours(kind: SmsTemplateKind, now: number): readonly Finding[] {
  const window = promotionWindow(kind, 'mainland', now);
  if (window.kind === 'open') return [];
  return [
    {
      ...aboutAll,
      code: 'SMS_HOURS',
      message: `promotions go to mainland China from ${promotionHours.from}:00 to ${promotionHours.until}:00 China time alone, and it is later now`,
      hint: `hand them over from ${new Date(window.opensAt).toISOString().slice(0, 16).replace('T', ' ')} UTC on`,
    },
  ];
}

/** Source: "SMS frequency limits" page. The number that stands in the list most often is the one that is told. */
function foretellLimits(kind: SmsTemplateKind, mostToOne: number): readonly Finding[] {
  const forecast = forecastLimits(kind, anyMainlandNumber, mostToOne);
  if (forecast === null) return [];
  const { limit, refused } = forecast;
  return [
    {
      ...aboutAll,
      code: 'SMS_NUMBER_LIMIT',
      message: `one number stands ${mostToOne} times in the list, and the service lets it get ${limit.messages} a ${limit.per}: ${refused} of them will be refused (isv.BUSINESS_LIMIT_CONTROL)`,
      hint: 'sendoff retry hands them over once the limit lets it; or keep one row for each number',
    },
  ];
}

/** The limits are those of the mainland, whatever the number. */
const anyMainlandNumber = '8613800000000';
