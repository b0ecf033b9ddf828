/** How a run stands or ended: a balance that sums up, the causes with what to do, and the command to go on. */
import type { Balance } from '../../domain/balance.ts';
import type { CauseGroup, FallbackCount } from '../../domain/report.ts';
import type { Service } from '../../domain/run-record.ts';
import { emulatorBanner } from './emulator-banner.ts';
import { hanging } from './hanging.ts';
import { formatNumber } from './number.ts';
import { type Palette, palette } from './palette.ts';
import { formatTime } from './time.ts';
import { inertLine, padEnd, padStart } from './wide-text.ts';

export interface BalanceView {
  readonly balance: Balance;
  /** Null where the campaign has no fallback. */
  readonly fallback: FallbackCount | null;
  readonly causes: readonly CauseGroup[];
  readonly service: Service;
  /** The command to go on, or null where nothing is left to do. */
  readonly command: string | null;
  readonly width: number;
  readonly colour?: boolean;
}

const labelWidth = 10;

export function renderBalance(view: BalanceView): string {
  const { balance, fallback, causes, service, command, width, colour = false } = view;
  const style = palette(colour);
  const blocks = [
    [...emulatorBanner(service, style), ...balanceLines(balance, style), ...fallbackLines(fallback)],
    ...causes.map((group) => causeLines(group, width, style)),
    ...(command === null ? [] : [[`to go on: ${style.bold(command)}`]]),
  ];
  return blocks.map((block) => block.join('\n')).join('\n\n');
}

function balanceLines(balance: Balance, { bold, green, red, yellow }: Palette): string[] {
  const plain = (text: string): string => text;
  const parts = [
    { name: 'accepted', style: green },
    { name: 'rejected', style: red },
    { name: 'unknown', style: yellow },
    { name: 'skipped', style: plain },
    { name: 'invalid', style: red },
    { name: 'unsent', style: yellow },
  ] as const;
  const digits = formatNumber(balance.rows).length;
  const line = (name: string, count: number): string =>
    padEnd(name, labelWidth) + padStart(formatNumber(count), digits);
  return [
    ...parts.map(({ name, style }) => (balance[name] > 0 ? style : plain)(line(name, balance[name]))),
    '─'.repeat(labelWidth + digits),
    bold(line('rows read', balance.rows)),
  ];
}

/** Nothing where every accepted row went out as its message. */
function fallbackLines(fallback: FallbackCount | null): string[] {
  if (fallback === null || fallback.accepted === 0) return [];
  return [`of the accepted, ${formatNumber(fallback.accepted)} as ${inertLine(fallback.name)}`];
}

function causeLines(group: CauseGroup, width: number, { bold, dim }: Palette): string[] {
  const more = group.rows - group.firstRows.length;
  const rows = group.firstRows.join(', ') + (more > 0 ? ` and ${formatNumber(more)} more` : '');
  return [
    bold(`${formatNumber(group.rows)} ${group.status}: ${inertLine(group.code)}`),
    ...hanging('  ', group.cause, width),
    ...(group.fix === '' ? [] : hanging('  fix: ', group.fix, width)),
    ...hanging('  rows: ', rows, width).map(dim),
    ...(group.retryAt === null ? [] : [`  may be tried again from ${formatTime(group.retryAt)}`]),
  ];
}
