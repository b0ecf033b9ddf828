/** The work of `doctor`. */

import { examine } from '../../campaign/doctor.ts';
import type { Examined } from '../../campaign/doctor-lines.ts';
import { parseMode } from '../../campaign/parse-campaign-fields.ts';
import type { SendMode } from '../../domain/campaign.ts';
import type { OperatorErrorKind } from '../../domain/operator-error.ts';
import { callsOf, neededRights, ramPolicy } from '../../domain/ram-policy.ts';
import type { DoctorCommandOptions } from '../commands/doctor.ts';
import type { Call, CliContext } from '../context.ts';
import { type ExitCode, exitCode, exitCodeOfError } from '../exit-code.ts';
import { campaignOf, checkCampaign } from '../planning/plan-campaign.ts';
import { renderExamined } from '../render/doctor.ts';
import { emulatorBanner } from '../render/emulator-banner.ts';
import { palette } from '../render/palette.ts';
import { UsageError } from '../usage-error.ts';
import { withService } from '../with-service.ts';

export async function runDoctor(cli: CliContext, call: Call<DoctorCommandOptions>): Promise<ExitCode> {
  const { args, options, output } = call;
  const [path] = args;
  const campaign = path === undefined ? null : await campaignOf(path, options);
  const custSpaceId = campaign?.custSpaceId ?? options.custSpaceId ?? null;
  const calls = campaign === null ? { custSpaceId, mode: modeIn(options) } : callsOf(campaign);
  if (options.policy) {
    const policy = ramPolicy(neededRights(calls).map(({ action }) => action));
    output.event({ event: 'policy', policy });
    output.answer(JSON.stringify(policy, null, 2));
    return exitCode.done;
  }
  return withService(cli, call, campaign ?? {}, async (job) => {
    const { service } = job;
    const colour = output.colour(output.stdout);
    for (const line of emulatorBanner(service.service, palette(colour))) output.answer(line);
    const examined: Examined[] = [];
    const lines = examine({
      nodeVersion: process.versions.node,
      credentials: service.describeCredentials,
      clockSkewMs: service.clockSkewMs,
      calls,
      senders: campaign?.channel === 'sms' ? null : service.senders(custSpaceId),
      sms: (service.fallback ?? service).sms,
      check: campaign === null ? null : () => checkCampaign({ ...job, campaign }, async (checked) => checked),
    });
    for await (const line of lines) {
      examined.push(line);
      output.event({ event: 'examined', ...line });
      output.answer(renderExamined(line, { width: output.width, colour }));
    }
    return codeOf(examined);
  });
}

/** Without a campaign the flag alone says how messages are to go. */
function modeIn({ mode = 'single' }: DoctorCommandOptions): SendMode {
  const parsed = parseMode(mode);
  if (parsed.kind === 'value') return parsed.value;
  throw new UsageError(`--mode: ${parsed.message}`, { hint: parsed.hint });
}

/** Access comes first, since nothing else could be examined rightly without it; then what blocks, then the rest. */
function codeOf(examined: readonly Examined[]): ExitCode {
  const kinds = examined.flatMap((line): OperatorErrorKind[] => (line.state === 'fix' ? [line.kind] : []));
  const gravest = kinds.find((kind) => kind === 'access') ?? kinds.find((kind) => kind === 'blocked') ?? kinds[0];
  return gravest === undefined ? exitCode.done : exitCodeOfError(gravest);
}
