/** Says why a run stopped before its end, and what to do about it. */
import type { Channel } from '../../domain/message.ts';
import {
  actionOf,
  type CampaignCalls,
  isMissingRight,
  missingRightFix,
  sendOperations,
} from '../../domain/ram-policy.ts';
import { diagnose } from '../../domain/report.ts';
import { promotionHours } from '../../domain/sms/promotion-hours.ts';
import type { StopReason } from '../../run/stop-rules.ts';
import { formatDuration } from '../render/duration.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import { formatTime } from '../render/time.ts';

export function describeStop(reason: StopReason, calls: CampaignCalls): readonly string[] {
  switch (reason.kind) {
    case 'interrupted':
      return ['stopped: interrupted'];
    case 'refused': {
      const { code, scope, reason: words, requestId, missingRight } = reason.refusal;
      const diagnosis = diagnose('rejected', code, reason.channel);
      const fix = isMissingRight(code)
        ? missingRightFix(missingRight ?? sendingAction(reason.channel, calls), calls)
        : (diagnosis?.fix ?? null);
      const request = requestId === null ? '' : ` (request ${requestId})`;
      return [
        `stopped: ${refuserOf(reason.channel, calls)} refuses the ${scope}: ${code}${diagnosis === null ? '' : `: ${diagnosis.cause}`}`,
        `  it said: ${words}${request}`,
        ...(fix === null ? [] : [`hint: ${fix}`]),
      ];
    }
    case 'failures':
      return [
        `stopped: ${formatNumber(reason.failed)} of ${formatNumber(reason.answered)} answers were failures`,
        'hint: look at the causes below; --stop-after changes the threshold',
      ];
    case 'duration':
      return [`stopped: the maximal duration of ${formatDuration(reason.afterMs)} has passed`];
    case 'dailyCap': {
      const { cap, left, goesOnAt } = reason;
      const next = left > cap ? `${formatNumber(cap)} of ${formatNumber(left)}` : formatNumber(left);
      return [
        `stopped: the daily cap of ${formatCount(cap, 'message')} is reached`,
        `hint: ${next} more may go after ${formatTime(goesOnAt + minuteMs)}; --daily-cap changes the cap`,
      ];
    }
    case 'hours':
      return [
        `stopped: promotions go to mainland China until ${promotionHours.until}:00 China time`,
        `hint: the rest may go from ${formatTime(reason.opensAt)} on; --ignore-hours hands it over now`,
      ];
    case 'unreachable':
      return [
        `stopped: no connection for ${formatDuration(reason.forMs)} (${reason.code})`,
        'hint: check the network and the endpoint, then go on',
      ];
  }
}

/** By name where a campaign has two. */
function refuserOf(channel: Channel, { channel: own = 'whatsapp' }: CampaignCalls): string {
  return channel === own ? 'the service' : `the service of ${channel}`;
}

/** Text messages need this one whether they share requests or not. */
function sendingAction(channel: Channel, { mode = 'single' }: CampaignCalls): string {
  return channel === 'sms' ? actionOf('SendSms', 'sms') : actionOf(sendOperations[mode]);
}

/** Times are shown to the minute: the next one is after the moment for certain. */
const minuteMs = 60_000;
