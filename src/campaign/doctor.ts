/**
 * Examines everything that must be right before a campaign can go: the program, the credentials, the clock, the rights,
 * the sender, the template. Hands nothing over; a campaign's list is read and checked as by `check`.
 */
import { smsOf } from '../domain/campaign.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { CampaignCalls } from '../domain/ram-policy.ts';
import { findSender, type SenderSource } from '../domain/sender.ts';
import {
  campaignLines,
  clockLine,
  type Examined,
  ok,
  rightsLine,
  rightsOf,
  senderLines,
  troubleWith,
} from './doctor-lines.ts';
import { findSign, signLines, smsRightsOf } from './doctor-sms-lines.ts';
import type { CheckedPlan } from './make-plan.ts';
import type { SmsSources } from './sms-substitutes.ts';

export interface DoctorOptions {
  /** Such as `24.21.0`. */
  readonly nodeVersion: string;
  /** Which key is used, fit for a screen. */
  readonly credentials: () => Promise<{ readonly source: string; readonly keyId: string }>;
  /** Milliseconds that this machine is ahead of the service, or null where the service does not tell. */
  readonly clockSkewMs: () => Promise<number | null>;
  readonly calls: CampaignCalls;
  /** Null for text messages, which have none. */
  readonly senders: SenderSource | null;
  /** Null where the campaign has no text messages, not even to fall back to. */
  readonly sms: SmsSources | null;
  /** Checks the campaign, its list and its template; null where none was named. */
  readonly check: (() => Promise<CheckedPlan>) | null;
}

/** Line by line, in the order in which things depend on each other: what is not there cannot be examined further. */
export async function* examine(options: DoctorOptions): AsyncGenerator<Examined> {
  yield ok('Node.js', options.nodeVersion);
  const credentials = await examineCredentials(options);
  yield credentials;
  yield clockLine(await options.clockSkewMs());
  if (credentials.state !== 'ok') return;
  try {
    yield* options.check === null ? examineAccount(options) : examineCampaign(options, options.check);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    yield troubleWith(nameOf(error), error);
  }
}

function nameOf({ code, kind }: OperatorError): string {
  if (code === 'RIGHT_MISSING') return 'rights';
  return kind === 'access' || kind === 'blocked' || kind === 'unreachable' ? 'service' : 'campaign';
}

async function examineCredentials({ credentials }: DoctorOptions): Promise<Examined> {
  try {
    const { source, keyId } = await credentials();
    return ok('credentials', `${source}, key ${keyId}`);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return troubleWith('credentials', error);
  }
}

async function* examineAccount({ calls, senders }: DoctorOptions): AsyncGenerator<Examined> {
  if (senders === null) return;
  const list = await senders.list();
  const { tried, missing } = rightsOf(null, list);
  yield rightsLine(calls, tried, missing);
  yield* senderLines(list);
}

async function* examineCampaign(
  { calls, senders, sms }: DoctorOptions,
  check: () => Promise<CheckedPlan>,
): AsyncGenerator<Examined> {
  const checked = await check();
  const { campaign } = checked.plan;
  const { channel, from } = campaign;
  const sign = smsOf(campaign)?.sign ?? null;
  const found = sign?.kind === 'fixed' && sms !== null ? await findSign(sms, sign.sign) : null;
  const texts = sign === null ? { tried: [], missing: [] } : smsRightsOf(checked, found?.lookup ?? null);
  // Also where the check stopped before it came to ask. The service tells of WhatsApp's senders alone.
  const sender =
    channel === 'whatsapp' && senders !== null
      ? (checked.preflight?.sender ?? findSender(await senders.list(), from))
      : null;
  const { tried, missing } = rightsOf(checked, sender);
  yield rightsLine(calls, [...tried, ...texts.tried], [...missing, ...texts.missing]);
  if (sign !== null) yield* signLines(sign, found, checked);
  yield* campaignLines(checked, sender);
}
