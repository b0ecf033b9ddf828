/** Plans a campaign: checks it, judges it, and freezes it into its run file, whole or not at all. */

import { createHash, randomUUID } from 'node:crypto';
import type { Account } from '../domain/account.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { FindingGroup, InvalidRow } from '../domain/plan-store.ts';
import type { PlanRecord, Service } from '../domain/run-record.ts';
import type { Template } from '../domain/template.ts';
import { version } from '../domain/version.ts';
import { campaignDigest } from './canonical-campaign.ts';
import { type FreezeOptions, type FrozenPlan, freezePlan } from './freeze-plan.ts';
import { judgePlan, type PlanLimits, type PlanRefusedError } from './judge-plan.ts';
import type { Preflight } from './preflight.ts';

export interface MakePlanOptions extends FreezeOptions {
  readonly service: Service;
  /** As in `PlanRecord`. */
  readonly fallbackService: Service | null;
  /** Whose credentials are used; answers null where none are needed. Throws where there are none. */
  readonly account: () => Promise<Account | null>;
  readonly limits: PlanLimits;
  /** How long after now the first send may begin, in milliseconds; null: for ever. */
  readonly validForMs: number | null;
  /** Sees the checked plan before it is finished or dropped: what it shows is what was checked. */
  readonly onChecked: (checked: CheckedPlan) => Promise<void>;
}

export interface CheckedPlan {
  readonly plan: PlanRecord;
  readonly templates: ReadonlyMap<string, Template>;
  /** What the service told of the sender; null where reading stopped early for a fatal finding. */
  readonly preflight: Preflight | null;
  readonly findingGroups: readonly FindingGroup[];
  /** Why it may not go, or null. */
  readonly refused: PlanRefusedError | null;
  invalidRows(): AsyncIterable<readonly InvalidRow[]>;
}

/** Rows named for each code on screen. */
const examplesPerCode = 5;

/** Writes the run file and answers with its plan. Throws `PlanRefusedError` after `onChecked`, leaving no file. */
export async function makePlan(options: MakePlanOptions): Promise<PlanRecord> {
  const { writer } = options;
  try {
    const checked = await checkPlan(options);
    await options.onChecked(checked);
    if (checked.refused !== null) throw checked.refused;
    writer.finish(checked.plan);
    return checked.plan;
  } finally {
    writer.discard();
  }
}

/** The same without a run file: the writer is a scratch plan, to be discarded by the caller. */
export async function checkPlan(options: Omit<MakePlanOptions, 'onChecked'>): Promise<CheckedPlan> {
  const frozen = await freezePlan(options);
  // Where reading stopped early, that is what to tell, with credentials or without.
  const account = frozen.preflight === null ? null : await options.account();
  return {
    plan: planRecord(options, frozen, account),
    templates: frozen.templates,
    preflight: frozen.preflight,
    findingGroups: await options.writer.findingGroups(examplesPerCode),
    refused: judgePlan(frozen.summary, options.limits),
    invalidRows: () => options.writer.invalidRows(),
  };
}

function planRecord(
  { campaign, service, fallbackService, clock, validForMs }: Omit<MakePlanOptions, 'onChecked'>,
  { summary, columns, frozen, signs, preflight, listDigest }: FrozenPlan,
  account: Account | null,
): PlanRecord {
  const plannedAt = clock.now();
  return {
    runId: randomUUID(),
    version,
    campaign,
    service,
    fallbackService,
    account,
    plannedAt,
    validUntil: validForMs === null ? null : plannedAt + validForMs,
    columns,
    templates: frozen,
    signs,
    sender: preflight?.sender?.kind === 'found' ? preflight.sender.sender : null,
    digests: {
      campaign: campaignDigest(campaign),
      list: listDigest,
      template: createHash('sha256').update(canonicalJson(frozen)).digest('hex'),
    },
    summary,
  };
}
