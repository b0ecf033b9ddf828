/** Flags that change the pace of a run whose words and list are frozen. */
import type { Campaign } from '../domain/campaign.ts';
import { CampaignFileError } from './campaign-file-error.ts';
import { type CampaignFlags, isFields, overlayFlags } from './campaign-flags.ts';
import { paceSchema } from './campaign-schema.ts';
import { describeIssues } from './describe-issues.ts';

/** The planned pace with what the flags say instead. Throws `CampaignFileError` for any flag that a frozen plan cannot heed. */
export function changedPace(planned: Campaign['send'], flags: CampaignFlags): Campaign['send'] {
  const { fields, flagAt } = overlayFlags({}, flags);
  const frozen = Object.keys(fields).filter((field) => field !== 'send');
  if (frozen.length > 0) {
    throw new CampaignFileError(
      frozen.map((field) => ({
        place: { kind: 'flag', flag: flagAt([field]) ?? frozenFlag(fields, field, flagAt) },
        message: 'a run file holds its words and its list as they were planned',
        hint: 'leave the flag out, or make a new plan',
      })),
    );
  }
  const parsed = paceSchema.safeParse(fields);
  if (!parsed.success) {
    throw new CampaignFileError(describeIssues(parsed.error.issues, { fields, text: null, flagAt }));
  }
  const { send } = fields;
  const chosen = isFields(send) ? Object.keys(send) : [];
  return {
    rate: chosen.includes('rate') ? parsed.data.rate : planned.rate,
    senderRate: chosen.includes('senderRate') ? parsed.data.senderRate : planned.senderRate,
    concurrency: chosen.includes('concurrency') ? parsed.data.concurrency : planned.concurrency,
    stopAfter: chosen.includes('stopAfter') ? parsed.data.stopAfter : planned.stopAfter,
    maxDurationMs: chosen.includes('maxDuration') ? parsed.data.maxDurationMs : planned.maxDurationMs,
    dailyCap: chosen.includes('dailyCap') ? parsed.data.dailyCap : planned.dailyCap,
  };
}

/** The flag that gave some field below this one. */
function frozenFlag(
  fields: Readonly<Record<string, unknown>>,
  field: string,
  flagAt: (path: readonly string[]) => string | null,
): string {
  const inner = fields[field];
  const names = typeof inner === 'object' && inner !== null ? Object.keys(inner) : [];
  for (const name of names) {
    const flag = flagAt([field, name]);
    if (flag !== null) return flag;
  }
  return `--${field}`;
}
