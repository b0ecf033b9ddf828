/** The work of `status`. Reads only, so it never disturbs the process that sends. */
import { accountText } from '../../domain/account.ts';
import type { Balance } from '../../domain/balance.ts';
import { causeGroups } from '../../domain/report.ts';
import type { Activity } from '../../domain/run-reader.ts';
import type { Call, CliContext, CommonOptions, Ending } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { newestRunFile } from '../find-run-files.ts';
import { renderBalance } from '../render/balance.ts';
import { formatDuration } from '../render/duration.ts';
import { formatNumber } from '../render/number.ts';
import { fallbackOf } from '../report-of.ts';
import { type RunState, runState } from '../run-state.ts';
import { withRunReader } from '../with-run-reader.ts';

export async function runStatus(cli: CliContext, call: Call<CommonOptions>): Promise<Ending> {
  const { args, options, output } = call;
  const path = args[0] ?? newestRunFile('runs');
  call.remember({ run: path });
  const composition = await cli.compose(options);
  return withRunReader(composition, path, async (reader) => {
    const balance = await reader.balance();
    const activity = await reader.activity();
    const fallback = await fallbackOf(reader);
    const causes = causeGroups(await reader.causes());
    const state = runState(balance, activity, composition.isHeld(path));
    const { campaign, service, account, plannedAt } = reader.plan;
    const pace = paceOf(balance, activity, state);
    output.event({
      event: 'status',
      campaign: campaign.name,
      service,
      account,
      plannedAt,
      state,
      balance,
      fallback,
      ...pace,
      causes,
    });
    const { width } = output;
    const colour = output.colour(output.stdout);
    output.answer(
      [
        `${campaign.name}: ${path}`,
        [state, ...paceTexts(pace)].join(', '),
        `account: ${accountText(account)}`,
        '',
        renderBalance({ balance, fallback, causes, service, command: null, width, colour }),
      ].join('\n'),
    );
    return { code: exitCode.done, balance, run: path };
  });
}

interface Pace {
  /** Attempts a second over the last ten; null unless a process is sending. */
  readonly perSecond: number | null;
  readonly etaMs: number | null;
  readonly throttled: number;
}

function paceOf(
  { unsent }: Balance,
  { recentAttempts, firstAttemptAt, lastAttemptAt, throttled }: Activity,
  state: RunState,
): Pace {
  if (state !== 'sending' || firstAttemptAt === null || lastAttemptAt === null)
    return { perSecond: null, etaMs: null, throttled };
  const spanMs = Math.max(1_000, Math.min(10_000, lastAttemptAt - firstAttemptAt));
  const perSecond = Math.round((recentAttempts * 10_000) / spanMs) / 10;
  return { perSecond, etaMs: perSecond > 0 ? Math.round((unsent * 1_000) / perSecond) : null, throttled };
}

function paceTexts({ perSecond, etaMs, throttled }: Pace): readonly string[] {
  return [
    ...(perSecond === null ? [] : [`${perSecond}/s`]),
    ...(etaMs === null ? [] : [`about ${formatDuration(etaMs)} left`]),
    ...(throttled === 0 ? [] : [`throttled ${formatNumber(throttled)} times`]),
  ];
}
