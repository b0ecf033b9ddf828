/** Whether a checked plan may go at all. The person's own limits are applied here, before anything is sent. */
import { OperatorError } from '../domain/operator-error.ts';
import { formatThreshold, type Threshold } from '../domain/parse-threshold.ts';
import { formatMicros } from '../domain/rates.ts';
import type { PlanSummary } from '../domain/run-record.ts';

export interface PlanLimits {
  /** Leave invalid rows out instead of refusing the plan. */
  readonly skipInvalid: boolean;
  /** Leave invalid rows out as well, but refuse the plan above this share (0 to 1) or number of them; null: no bound. */
  readonly maxInvalid: Threshold | null;
  /** Refuse a plan with more messages than this; null: no bound. */
  readonly maxMessages: number | null;
  /** Refuse a plan that costs more than this, in millionths of the currency of its prices; null: no bound. */
  readonly maxSpendMicros: number | null;
}

export class PlanRefusedError extends OperatorError {
  override readonly code = 'PLAN_REFUSED';
  override readonly kind = 'invalid';
}

/** The reason why the plan may not go, or null. */
export function judgePlan(summary: PlanSummary, limits: PlanLimits): PlanRefusedError | null {
  if (summary.findings.some(({ severity }) => severity === 'fatal')) {
    return new PlanRefusedError('the campaign cannot be sent as it is', { hint: 'mend what is listed above' });
  }
  return judgeInvalid(summary, limits) ?? judgeSize(summary, limits) ?? judgeCost(summary, limits);
}

function judgeInvalid({ invalid, rows }: PlanSummary, limits: PlanLimits): PlanRefusedError | null {
  if (invalid === 0) return null;
  const { maxInvalid } = limits;
  const count = `${invalid} of ${rows} rows ${invalid === 1 ? 'is' : 'are'} invalid`;
  if (!limits.skipInvalid && maxInvalid === null) {
    return new PlanRefusedError(count, {
      hint: 'mend them (sendoff check --rejected bad.csv writes them out), or leave them out with --skip-invalid',
    });
  }
  if (maxInvalid === null) return null;
  const most = maxInvalid.kind === 'count' ? maxInvalid.count : maxInvalid.share * rows;
  if (invalid <= most) return null;
  return new PlanRefusedError(`${count}, more than --max-invalid ${formatThreshold(maxInvalid)} allows`, {
    hint: 'mend the list, or raise --max-invalid',
  });
}

function judgeSize({ toSend }: PlanSummary, { maxMessages }: PlanLimits): PlanRefusedError | null {
  if (maxMessages === null || toSend <= maxMessages) return null;
  return new PlanRefusedError(`${toSend} messages to send, more than --max-messages ${maxMessages} allows`, {
    hint: 'check that this is the right list, or raise --max-messages',
  });
}

/** A bound that cannot be held to is none, so a message without a price refuses the plan as well. */
function judgeCost({ cost }: PlanSummary, { maxSpendMicros }: PlanLimits): PlanRefusedError | null {
  if (maxSpendMicros === null) return null;
  const bound = `--max-spend ${formatMicros(maxSpendMicros)}`;
  if (cost === null) {
    return new PlanRefusedError(`nothing tells what the plan costs, so ${bound} cannot be kept`, {
      hint: 'name a list of prices of text messages or WhatsApp templates with --rates, or as rates: in the campaign',
    });
  }
  if (cost.unpriced > 0) {
    const many = cost.unpriced === 1 ? '1 message goes out' : `${cost.unpriced} messages go out`;
    return new PlanRefusedError(`${many} without a price, so ${bound} cannot be kept`, {
      hint: 'add the prefixes of their countries to the list of prices, and the categories of their templates',
    });
  }
  if (cost.micros <= maxSpendMicros) return null;
  return new PlanRefusedError(`the plan may cost ${formatMicros(cost.micros)}, more than ${bound} allows`, {
    hint: 'check that this is the right list, or raise --max-spend',
  });
}
