/** The work of `status`. Reads only, so it never disturbs the process that sends. */
import type { Balance } from '../../domain/balance.ts';
import { causeGroups } from '../../domain/report.ts';
import type { Activity } from '../../domain/run-reader.ts';
import type { Call, CliContext, CommonOptions } from '../context.ts';
import { newestRunFile } from '../find-run-files.ts';
import { renderBalance } from '../render/balance.ts';
import { formatDuration } from '../render/duration.ts';
import { formatNumber } from '../render/number.ts';

export async function runStatus(
  cli: CliContext,
  call: Call<CommonOptions>,
): Promise<{ balance: Balance; run: string }> {
  const { args, output } = call;
  const path = args[0] ?? newestRunFile('runs');
  call.remember({ run: path });
  const composition = await cli.compose(call.options);
  const reader = composition.runReader(path);
  try {
    const balance = await reader.balance();
    const activity = await reader.activity();
    const causes = causeGroups(await reader.causes());
    const sending = composition.isHeld(path);
    const { campaign, service, plannedAt } = reader.plan;
    const pace = paceOf(balance, activity, sending);
    output.event({ event: 'status', campaign: campaign.name, service, plannedAt, sending, balance, ...pace, causes });
    output.answer(
      [
        `${campaign.name}: ${path}`,
        [stateText(balance, activity, sending), ...paceTexts(pace)].join(', '),
        '',
        renderBalance({
          balance,
          causes,
          service,
          command: null,
          width: output.width,
          colour: output.colour(output.stdout),
        }),
      ].join('\n'),
    );
    return { balance, run: path };
  } finally {
    reader.close();
  }
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
  sending: boolean,
): Pace {
  if (!sending || firstAttemptAt === null || lastAttemptAt === null) return { perSecond: null, etaMs: null, throttled };
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

function stateText({ unsent }: Balance, { firstAttemptAt }: Activity, sending: boolean): string {
  if (sending) return 'sending now';
  if (firstAttemptAt === null) return 'planned, not begun';
  return unsent > 0 ? 'stopped' : 'finished';
}
