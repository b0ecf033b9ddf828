/** Flags that change the pace of a run whose words and list are frozen. */
import type { Campaign } from '../domain/campaign.ts';
import { requestFields } from '../domain/request-fields.ts';
import { CampaignFileError } from './campaign-file-error.ts';
import {
  type CampaignFlags,
  type FieldPath,
  isFields,
  type OverlaidCampaign,
  overlayFlags,
  type RawFields,
} from './campaign-flags.ts';
import { knownFields, paceSchema } from './campaign-schema.ts';
import { describeIssues } from './describe-issues.ts';
import { massMistakes } from './mass-mistakes.ts';
import { knownSmsFields, smsPaceSchema } from './sms-campaign-schema.ts';

/** The planned pace with what the flags say instead. Throws `CampaignFileError` for any flag that a frozen plan cannot heed. */
export function changedPace(campaign: Campaign, flags: CampaignFlags): Campaign['send'] {
  const { send: planned } = campaign;
  const { fields, flagAt, flagWithin } = overlayFlags({}, flags);
  const { send, ...words } = fields;
  const frozen = flagsOf(words, [], flagAt);
  if (frozen.length > 0) {
    throw new CampaignFileError(
      frozen.map((flag) => ({
        place: { kind: 'flag', flag },
        message: 'a run file holds its words and its list as they were planned',
        hint: 'leave the flag out, or make a new plan',
      })),
    );
  }
  const chosen = isFields(send) ? Object.keys(send) : [];
  const isSms = campaign.channel === 'sms';
  if (isSms) refuseChatPace(chosen);
  const parsed = (isSms ? smsPaceSchema : paceSchema).safeParse(fields);
  if (!parsed.success) {
    const known = isSms ? knownSmsFields : knownFields;
    throw new CampaignFileError(describeIssues(parsed.error.issues, { fields, text: null, flagAt, flagWithin, known }));
  }
  const mode = chosen.includes(isSms ? 'batch' : 'mode') ? parsed.data.mode : planned.mode;
  if (mode === 'mass') refuseMass(campaign);
  // A rate of single messages says nothing of mass sending, which has a quota of its own. Text messages have one alone.
  const isOtherQuota = !isSms && mode !== planned.mode;
  return {
    mode,
    rate: chosen.includes('rate') || isOtherQuota ? parsed.data.rate : planned.rate,
    senderRate: chosen.includes('senderRate') ? parsed.data.senderRate : planned.senderRate,
    concurrency: chosen.includes('concurrency') ? parsed.data.concurrency : planned.concurrency,
    stopAfter: chosen.includes('stopAfter') ? parsed.data.stopAfter : planned.stopAfter,
    maxDurationMs: chosen.includes('maxDuration') ? parsed.data.maxDurationMs : planned.maxDurationMs,
    dailyCap: chosen.includes('dailyCap') ? parsed.data.dailyCap : planned.dailyCap,
  };
}

/** Text messages have neither the one nor the other. */
function refuseChatPace(chosen: readonly string[]): void {
  const flags = { mode: '--mode', senderRate: '--sender-rate' };
  const given = Object.entries(flags).filter(([field]) => chosen.includes(field));
  if (given.length === 0) return;
  throw new CampaignFileError(
    given.map(([, flag]) => ({
      place: { kind: 'flag', flag },
      message: 'it is for the chat channels, and this run is of text messages',
      hint: 'leave the flag out',
    })),
  );
}

/** What was planned for requests of their own may have no place in shared ones. */
function refuseMass({ content, fallback, request }: Campaign): void {
  const mistakes = massMistakes({
    ownWords: content.kind === 'session',
    texts: fallback?.kind === 'sms',
    given: requestFields.filter((field) => request[field] !== undefined),
  });
  if (mistakes.length === 0) return;
  throw new CampaignFileError(
    mistakes.map(({ message }) => ({
      place: { kind: 'flag', flag: '--mode' },
      message,
      hint: 'leave the flag out',
    })),
  );
}

/** The flags that gave any of the fields, each once. */
function flagsOf(fields: RawFields, group: FieldPath, flagAt: OverlaidCampaign['flagAt']): readonly string[] {
  const flags = Object.entries(fields).flatMap(([name, value]) => {
    const path = [...group, name];
    const flag = flagAt(path);
    if (flag !== null) return [flag];
    return isFields(value) ? flagsOf(value, path, flagAt) : [];
  });
  return [...new Set(flags)];
}
