/** The work of `sms statistics`. */
import { collect } from '../../domain/collect.ts';
import { chinaDay, dayMs } from '../../domain/sms/china-time.ts';
import { chinaDayStart, dashedDay } from '../../domain/sms/parse-china-day.ts';
import type { DayCount } from '../../domain/sms/send-statistics.ts';
import type { SmsStatisticsOptions } from '../commands/sms.ts';
import type { Call, CliContext } from '../context.ts';
import { renderDayChart } from '../render/day-chart.ts';
import { formatNumber } from '../render/number.ts';
import { UsageError } from '../usage-error.ts';
import { withSms } from '../with-sms.ts';

/** Days before the last one that are shown where nobody says. */
const usualDaysBefore = 6;

export async function runSmsStatistics(cli: CliContext, call: Call<SmsStatisticsOptions>): Promise<void> {
  const { options, output } = call;
  const until = options.to ?? chinaDay(cli.clock.now());
  const from = options.from ?? chinaDay(chinaDayStart(until) - usualDaysBefore * dayMs);
  if (from > until) {
    throw new UsageError(`--from ${dashedDay(from)} is after --to ${dashedDay(until)}`, { hint: 'swap the two' });
  }
  await withSms(cli, call, async ({ statistics }) => {
    const query = {
      from,
      until,
      isGlobal: options.globe === true,
      sign: options.sign ?? null,
      kind: options.type ?? null,
    };
    const listed = await collect(statistics.days(query));
    const days = [...listed].sort((one, other) => (one.day < other.day ? -1 : 1));
    const totals = totalsOf(days);
    output.event({ event: 'statistics', from: dashedDay(from), to: dashedDay(until), totals, days: days.map(dated) });
    const span = `from ${dashedDay(from)} to ${dashedDay(until)}, by China's clock`;
    if (days.length === 0) {
      output.answer(`no messages ${span}`);
      return;
    }
    output.answer(renderDayChart(days, { width: output.width, colour: output.colour(output.stdout) }));
    const { total, delivered, failed, waiting } = totals;
    const share = total === 0 ? '' : ` (${((delivered / total) * 100).toFixed(1)}%)`;
    output.answer(
      `${formatNumber(total)} in all: ${formatNumber(delivered)} delivered${share}, ${formatNumber(failed)} failed, ${formatNumber(waiting)} waiting`,
    );
    output.talk(span);
  });
}

function dated(count: DayCount): DayCount {
  return { ...count, day: dashedDay(count.day) };
}

function totalsOf(days: readonly DayCount[]): Omit<DayCount, 'day'> {
  const sum = (of: (day: DayCount) => number) => days.reduce((total, day) => total + of(day), 0);
  return {
    total: sum(({ total }) => total),
    delivered: sum(({ delivered }) => delivered),
    failed: sum(({ failed }) => failed),
    waiting: sum(({ waiting }) => waiting),
  };
}
