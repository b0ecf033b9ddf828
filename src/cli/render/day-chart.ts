/** A bar for every day: what was delivered, what failed, and what the carriers have not told of yet. */

import { dashedDay } from '../../domain/sms/parse-china-day.ts';
import type { DayCount } from '../../domain/sms/send-statistics.ts';
import { formatNumber } from './number.ts';
import { palette } from './palette.ts';
import { renderTable } from './table.ts';

export interface DayChartOptions {
  readonly width: number;
  readonly colour: boolean;
}

const shortestBar = 10;
const longestBar = 40;

/** Drawn to scale: the longest bar is the day with the most messages. */
export function renderDayChart(days: readonly DayCount[], { width, colour }: DayChartOptions): string {
  const { green, red, dim } = palette(colour);
  const heading = ['day', 'messages', 'delivered', 'failed', 'waiting'];
  const rows = days.map(({ day, total, delivered, failed, waiting }) => [
    dashedDay(day),
    ...[total, delivered, failed, waiting].map(formatNumber),
  ]);
  const align = ['left', 'right', 'right', 'right', 'right'] as const;
  const [head = '', ...lines] = renderTable([heading, ...rows], { align }).split('\n');
  const room = Math.min(longestBar, Math.max(shortestBar, width - head.length - 2));
  const most = Math.max(1, ...days.map(({ total }) => total));
  const drawn = days.map((day, index) => {
    const ends = [day.delivered, day.delivered + day.failed, day.delivered + day.failed + day.waiting].map((upTo) =>
      Math.round((upTo / most) * room),
    );
    const [delivered = 0, failed = 0, waiting = 0] = ends;
    const bar = [
      green('█'.repeat(delivered)),
      red('▒'.repeat(failed - delivered)),
      dim('░'.repeat(waiting - failed)),
    ].join('');
    return `${lines[index] ?? ''}  ${bar}`.trimEnd();
  });
  return [`${green('█')} delivered  ${red('▒')} failed  ${dim('░')} waiting`, head, ...drawn].join('\n');
}
