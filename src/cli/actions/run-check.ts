/** The work of `check`: shows every finding, and writes the invalid rows out where asked. */
import type { CheckedPlan } from '../../campaign/make-plan.ts';
import type { PlanReader } from '../../domain/plan-store.ts';
import type { PlanSummary } from '../../domain/run-record.ts';
import type { CheckOptions } from '../commands/check.ts';
import type { Call, CliContext } from '../context.ts';
import type { Output } from '../output.ts';
import { campaignOf, checkCampaign } from '../planning/plan-campaign.ts';
import { planFields } from '../planning/show-plan.ts';
import { renderFindings } from '../render/findings.ts';
import { maskFinding } from '../render/mask-finding.ts';
import { formatCount } from '../render/number.ts';
import { withService } from '../with-service.ts';
import { writeTextFile, writeTextStream } from '../write-text.ts';

/** Answers whether the campaign could be sent as it is. */
export async function runCheck(cli: CliContext, call: Call<CheckOptions>): Promise<boolean> {
  const { args, options, output } = call;
  const campaign = await campaignOf(args[0] ?? '', options);
  return withService(cli, call, campaign, (job) =>
    checkCampaign({ ...job, campaign }, async (checked, plan) => {
      const { columns, summary } = checked.plan;
      if (options.rejected !== undefined) {
        await writeTextFile(options.rejected, job.composition.rejectedList(columns, plan.invalidRows()));
        output.talk(`${formatCount(summary.invalid, 'invalid row')} written to ${options.rejected}`);
      }
      if (options.jsonl) await writeTextStream(output.stdout, findingLines(plan));
      else show(checked, output);
      return checked.refused === null;
    }),
  );
}

function show({ plan, findingGroups, refused }: CheckedPlan, output: Output): void {
  output.event({ event: 'check', ...planFields(plan, findingGroups), refused: refused?.message ?? null });
  const findings = renderFindings(findingGroups, { width: output.width, colour: output.colour(output.stdout) });
  output.answer([...(findings === '' ? [] : [findings, '']), totals(plan.summary)].join('\n'));
  if (refused === null) return;
  output.insist(`not ready: ${refused.message}`);
  if (refused.hint !== undefined) output.insist(`hint: ${refused.hint}`);
}

function totals({ rows, toSend, invalid, duplicates, suppressed }: PlanSummary): string {
  return [
    `${formatCount(rows, 'row')} read`,
    `${formatCount(toSend, 'message')} to send`,
    ...(invalid > 0 ? [`${formatCount(invalid, 'row')} invalid`] : []),
    ...(duplicates > 0 ? [`${formatCount(duplicates, 'duplicate')} left out`] : []),
    ...(suppressed > 0 ? [`${formatCount(suppressed, 'row')} suppressed`] : []),
  ].join(', ');
}

async function* findingLines(plan: PlanReader): AsyncGenerator<string> {
  for await (const findings of plan.findings()) {
    yield findings.map((finding) => `${JSON.stringify(maskFinding(finding))}\n`).join('');
  }
}
