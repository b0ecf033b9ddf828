/** Says why a run stopped before its end, and what to do about it. */
import { diagnose } from '../../domain/report.ts';
import type { StopReason } from '../../run/stop-rules.ts';
import { formatDuration } from '../render/duration.ts';
import { formatNumber } from '../render/number.ts';

export function describeStop(reason: StopReason): readonly string[] {
  switch (reason.kind) {
    case 'interrupted':
      return ['stopped: interrupted'];
    case 'refused': {
      const { code, scope, reason: words, requestId } = reason.refusal;
      const diagnosis = diagnose('rejected', code);
      const request = requestId === null ? '' : ` (request ${requestId})`;
      return [
        `stopped: the service refuses the ${scope}: ${code}${diagnosis === null ? '' : `: ${diagnosis.cause}`}`,
        `  it said: ${words}${request}`,
        ...(diagnosis === null ? [] : [`hint: ${diagnosis.fix}`]),
      ];
    }
    case 'failures':
      return [
        `stopped: ${formatNumber(reason.failed)} of ${formatNumber(reason.answered)} answers were failures`,
        'hint: look at the causes below; --stop-after changes the threshold',
      ];
    case 'duration':
      return [`stopped: the maximal duration of ${formatDuration(reason.afterMs)} has passed`];
    case 'unreachable':
      return [
        `stopped: no connection for ${formatDuration(reason.forMs)} (${reason.code})`,
        'hint: check the network and the endpoint, then go on',
      ];
  }
}
