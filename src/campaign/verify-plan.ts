/** Whether a frozen plan is still true: what it froze may have changed since, and then nothing of it may go. */

import { type Account, describeAccount, isSameAccount } from '../domain/account.ts';
import type { Channel } from '../domain/message.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { PlanRecord, Service } from '../domain/run-record.ts';
import type { SignSource } from '../domain/sms/sms-sign.ts';
import type { TemplateSource } from '../domain/template-source.ts';

export class PlanStaleError extends OperatorError {
  override readonly code:
    | 'PLAN_STALE'
    | 'PLAN_EXPIRED'
    | 'RUN_IS_ANOTHER'
    | 'SERVICE_IS_ANOTHER'
    | 'ACCOUNT_IS_ANOTHER';
  override readonly kind = 'stale';

  constructor(code: PlanStaleError['code'], message: string, hint: string) {
    super(message, { hint });
    this.code = code;
  }
}

const planAgain = 'nothing was handed over; check the change and make a new plan';
/** A new plan of the whole list would hand over again what has gone out. */
const planTheRest =
  'nothing more was handed over; check the change, and make a new plan of the rows alone that are left';

/** Whether anything of a plan has left before. Absent: nothing has. */
interface Begun {
  readonly begun?: boolean;
}

/** The services that a command has opened. */
export interface ServicesHere {
  readonly service: Service;
  /** What carries the messages that stand in for refused ones; null where the same service does, or there are none. */
  readonly fallback: { readonly service: Service } | null;
}

/**
 * The plan must go where it was made for: an emulated plan never reaches the real service, nor the reverse. In another region a
 * service knows nothing of what went out, and its silence would prove that nothing had.
 */
export function verifyService(plan: PlanRecord, { service, fallback }: ServicesHere): void {
  verifyEndpoint('this run was', plan.service, service);
  // A campaign that has another fallback by now is another campaign, which is told by its digest.
  if (plan.fallbackService !== null && fallback !== null) {
    verifyEndpoint('text messages of this run were', plan.fallbackService, fallback.service);
  }
}

function verifyEndpoint(subject: string, planned: Service, service: Service): void {
  if (planned.kind !== service.kind) {
    throw new PlanStaleError(
      'SERVICE_IS_ANOTHER',
      planned.kind === 'emulator'
        ? 'this run was planned on the emulator and cannot go to the real service'
        : 'this run was planned for the real service and cannot go to the emulator',
      planned.kind === 'emulator'
        ? 'go on with --emulator, or plan it again for the real service'
        : 'leave --emulator and --endpoint out, or plan it again on the emulator',
    );
  }
  // The emulator may listen on another port every time.
  if (planned.kind === 'emulator' || planned.endpoint === service.endpoint) return;
  throw new PlanStaleError(
    'SERVICE_IS_ANOTHER',
    `${subject} planned for "${planned.endpoint}", not for "${service.endpoint}"`,
    'name the --region or --endpoint of the plan, or none where it had none; or make a new plan',
  );
}

/**
 * The plan must go as whom it was made for: another account has other senders, another quota and another message log. One
 * that was planned without credentials goes as anybody.
 */
export function verifyAccount({ account: planned }: PlanRecord, account: Account): void {
  if (planned === null || isSameAccount(planned, account)) return;
  const profile = planned.kind === 'temporary' && planned.source === 'cli_profile' ? planned.profile : null;
  const same =
    profile === null
      ? `name the --profile, or set the environment, that gives ${describeAccount(planned)}`
      : `go on with --profile ${profile}`;
  throw new PlanStaleError(
    'ACCOUNT_IS_ANOTHER',
    `nothing was handed over: this run belongs to ${describeAccount(planned)}, and here is ${describeAccount(account)}`,
    `${same}; for another account, make a plan of its own`,
  );
}

/** A run belongs to a space as it belongs to an account. One that was planned without a space may be looked up in any. */
export function verifySpace({ campaign: { custSpaceId } }: PlanRecord, named: string | null): void {
  if (named === null || custSpaceId === null || named === custSpaceId) return;
  throw new PlanStaleError(
    'RUN_IS_ANOTHER',
    `this run belongs to the space "${custSpaceId}", not to "${named}"`,
    'leave --cust-space-id out',
  );
}

/** `maxAgeMs` bounds the age at this moment, beside the bound that the plan itself may carry. */
export function verifyAge(plan: PlanRecord, now: number, maxAgeMs: number | null): void {
  const validUntil = Math.min(
    plan.validUntil ?? Number.POSITIVE_INFINITY,
    plan.plannedAt + (maxAgeMs ?? Number.POSITIVE_INFINITY),
  );
  if (now <= validUntil) return;
  throw new PlanStaleError(
    'PLAN_EXPIRED',
    `the plan was made ${new Date(plan.plannedAt).toISOString()} and was valid until ${new Date(validUntil).toISOString()}`,
    planAgain,
  );
}

/**
 * Fetches templates of a plan again, from the service that carries its channel. Throws where one has changed, is gone,
 * or is no longer approved.
 */
export async function verifyTemplates(
  { templates, begun = false }: Pick<PlanRecord, 'templates'> & Begun,
  templatesOf: (channel: Channel) => TemplateSource,
): Promise<void> {
  const hint = begun ? planTheRest : planAgain;
  await Promise.all(
    templates.map(async ({ channel, code, language, detail }) => {
      const found = await templatesOf(channel).find(code, language);
      const name = language === '' ? `template "${code}"` : `template "${code}" (${language})`;
      if (found.kind === 'missing') {
        throw new PlanStaleError('PLAN_STALE', `${name} no longer exists`, hint);
      }
      if (found.template.status !== 'approved') {
        throw new PlanStaleError('PLAN_STALE', `${name} is no longer approved: ${found.template.statusWord}`, hint);
      }
      if (found.detail !== detail) {
        throw new PlanStaleError('PLAN_STALE', `${name} has changed since it was planned`, hint);
      }
    }),
  );
}

/**
 * Asks again about every sign of the plan. Throws where one is gone or no longer approved; what the service does not tell now is
 * as good as it was.
 */
export async function verifySigns(
  { signs, begun = false }: Pick<PlanRecord, 'signs'> & Begun,
  source: SignSource | null,
): Promise<void> {
  if (source === null) return;
  const hint = begun ? planTheRest : planAgain;
  await Promise.all(
    signs.map(async ({ name }) => {
      const found = await source.find(name);
      if (found.kind === 'missing') throw new PlanStaleError('PLAN_STALE', `the sign "${name}" no longer exists`, hint);
      if (found.kind === 'found' && found.sign.status !== 'approved') {
        const words = `the sign "${name}" is no longer approved: ${found.sign.status}`;
        throw new PlanStaleError('PLAN_STALE', words, hint);
      }
    }),
  );
}

export interface ListAndCampaign {
  readonly campaignDigest: string;
  readonly listDigest: string;
}

/** `--run` names a file that exists: it must hold this very campaign and list. */
export function verifySameRun(plan: PlanRecord, { campaignDigest, listDigest }: ListAndCampaign): void {
  const differs = [
    ...(plan.digests.campaign === campaignDigest ? [] : ['campaign']),
    ...(plan.digests.list === listDigest ? [] : ['list']),
  ];
  if (differs.length === 0) return;
  throw new PlanStaleError(
    'RUN_IS_ANOTHER',
    `the run file exists and holds another ${differs.join(' and another ')}`,
    'choose another --run, or go on with what it holds: sendoff resume <run file>',
  );
}

/** The list a plan was made from has changed on disk. */
export function listChanged(list: string): PlanStaleError {
  return new PlanStaleError('PLAN_STALE', `the list "${list}" has changed since it was planned`, planAgain);
}
