import { expect, it } from 'vitest';
import { renderDayChart } from '../../../src/cli/render/day-chart.ts';

const days = [
  { day: '20261120', total: 2000, delivered: 1500, failed: 300, waiting: 200 },
  { day: '20261121', total: 500, delivered: 500, failed: 0, waiting: 0 },
];

it('draws each day to the scale of the fullest one, within the width', () => {
  expect(renderDayChart(days, { width: 68, colour: false })).toBe(
    [
      '█ delivered  ▒ failed  ░ waiting',
      'day         messages  delivered  failed  waiting',
      '2026-11-20     2,000      1,500     300      200  ██████████████▒▒░░',
      '2026-11-21       500        500       0        0  █████',
    ].join('\n'),
  );
});

it('colours the bars where it may', () => {
  expect(renderDayChart(days, { width: 68, colour: true })).toContain(
    '\u001B[32m██████████████\u001B[39m\u001B[31m▒▒\u001B[39m\u001B[2m░░\u001B[22m',
  );
});
