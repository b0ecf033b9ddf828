/** What the service will refuse of a whole list of text messages, foretold by its rules before anything leaves. */

import { aboutFallback } from '../fallback-contents.ts';
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
  /** Whether they stand in for messages of WhatsApp, so that only those go that are refused there. */
  readonly standIn: boolean;
  /** Whether the rows name their signs, each of which is counted by itself. */
  readonly manySigns: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const aboutAll = { row: null, column: null, value: null, severity: 'warning' } as const;

export function foretellSms(forecast: SmsForecast): readonly Finding[] {
  if (forecast.toMainland === 0) return [];
  const findings = [...foretellHours(forecast), ...foretellLimits(forecast)];
  return forecast.standIn ? aboutFallback(findings) : findings;
}

/** Source: "SMS sending rules" page. */
function foretellHours({ kind, now, standIn }: SmsForecast): readonly Finding[] {
  const window = promotionWindow(kind, 'mainland', now);
  if (window.kind === 'open') return [];
  const opens = `${new Date(window.opensAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return [
    {
      ...aboutAll,
      code: 'SMS_HOURS',
      message: `promotions go to mainland China from ${promotionHours.from}:00 to ${promotionHours.until}:00 China time alone, and it is another hour there now`,
      hint: standIn
        ? `the run stops before them; sendoff resume hands them over from ${opens} on`
        : `hand them over from ${opens} on`,
    },
  ];
}

/** Source: "SMS frequency limits" page. The number that stands in the list most often is the one that is told. */
function foretellLimits({ kind, mostToOne, standIn, manySigns }: SmsForecast): readonly Finding[] {
  const forecast = forecastLimits(kind, anyMainlandNumber, mostToOne);
  if (forecast === null) return [];
  const { limit, refused } = forecast;
  const fromEach = manySigns ? ' from each sign' : '';
  const subject = standIn ? `may fall back ${mostToOne} times` : `stands ${mostToOne} times in the list`;
  return [
    {
      ...aboutAll,
      code: 'SMS_NUMBER_LIMIT',
      message: `one number ${subject}, and the service lets it get ${limit.messages} a ${limit.per}${fromEach}: ${standIn || manySigns ? 'up to ' : ''}${refused} of them will be refused (isv.BUSINESS_LIMIT_CONTROL)`,
      hint: 'sendoff retry hands them over once the limit lets it; or keep one row for each number',
    },
  ];
}

/** The limits are those of the mainland, whatever the number. */
const anyMainlandNumber = '8613800000000';
