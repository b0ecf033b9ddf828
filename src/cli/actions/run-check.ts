/** The work of `check`: shows every finding, and writes the invalid rows out where asked. */
import type { CheckedPlan } from '../../campaign/make-plan.ts';
import type { PlanReader } from '../../domain/plan-store.ts';
import type { Call, CliContext } from '../context.ts';
import type { Output } from '../output.ts';
import { type CampaignCommandOptions, campaignOf, checkCampaign, publicPlan } from '../planning/plan-campaign.ts';
import { renderFindings } from '../render/findings.ts';
import { formatCount } from '../render/number.ts';
import { writeTextFile } from '../write-text.ts';

type Options = CampaignCommandOptions & { readonly rejected?: string; readonly jsonl?: true };

/** Answers whether the campaign could be sent as it is. */
export async function runCheck(cli: CliContext, call: Call<Options>): Promise<boolean> {
  const { args, options, output } = call;
  const campaign = await campaignOf(args[0] ?? '', options);
  const composition = await cli.compose(options);
  const service = await composition.openService(options);
  try {
    return await checkCampaign({ cli, call, composition, service, campaign }, async (checked, plan) => {
      if (options.rejected !== undefined) {
        await writeTextFile(options.rejected, composition.rejectedList(checked.plan.columns, plan.invalidRows()));
        output.talk(`${formatCount(checked.plan.summary.invalid, 'invalid row')} written to ${options.rejected}`);
      }
      if (options.jsonl) await printFindings(plan, output);
      else show(checked, output);
      return checked.refused === null;
    });
  } finally {
    await service.close();
  }
}

function show({ plan, findingGroups, refused }: CheckedPlan, output: Output): void {
  output.event({
    event: 'check',
    plan: publicPlan(plan),
    findings: findingGroups,
    refused: refused?.message ?? null,
  });
  const colour = output.colour(output.stdout);
  const { rows, toSend, invalid, duplicates, suppressed } = plan.summary;
  const leftOut = [
    ...(invalid > 0 ? [`${formatCount(invalid, 'row')} invalid`] : []),
    ...(duplicates > 0 ? [`${formatCount(duplicates, 'duplicate')} left out`] : []),
    ...(suppressed > 0 ? [`${formatCount(suppressed, 'row')} suppressed`] : []),
  ];
  const findings =
    findingGroups.length === 0 ? [] : [renderFindings(findingGroups, { width: output.width, colour }), ''];
  output.answer(
    [
      ...findings,
      [`${formatCount(rows, 'row')} read`, `${formatCount(toSend, 'message')} to send`, ...leftOut].join(', '),
    ].join('\n'),
  );
  if (refused !== null)
    output.insist(`not ready: ${refused.message}${refused.hint === undefined ? '' : `\nhint: ${refused.hint}`}`);
}

async function printFindings(plan: PlanReader, output: Output): Promise<void> {
  for await (const findings of plan.findings()) {
    for (const finding of findings) output.stdout.write(`${JSON.stringify(finding)}\n`);
  }
}
