/** Shows the plan that a run file holds, as `plan` showed it when it was made. */
import { durationAtRateMs, effectiveRate } from '../../domain/effective-rate.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Composition } from '../compose.ts';
import type { Call, CommonOptions } from '../context.ts';
import { renderPlanSummary } from '../render/plan-summary.ts';
import { publicPlan } from './plan-campaign.ts';

export interface ShowRequest {
  readonly call: Call<CommonOptions>;
  readonly composition: Composition;
}

export async function showFrozenPlan(
  { call, composition }: ShowRequest,
  path: string,
  plan: PlanRecord,
): Promise<void> {
  const { output } = call;
  const reader = composition.runReader(path);
  try {
    const findingGroups = await reader.findingGroups(0);
    output.event({ event: 'plan', plan: publicPlan(plan), findings: findingGroups, refused: null });
    output.answer(
      renderPlanSummary(plan, {
        firstPreview: null,
        addressMasked: null,
        estimateMs: durationAtRateMs(plan.summary.toSend, effectiveRate(plan.campaign.send)),
        findingGroups,
        runFile: path,
        width: output.width,
        colour: output.colour(output.stdout),
      }),
    );
  } finally {
    reader.close();
  }
}
