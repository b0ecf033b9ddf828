/** Progress of a run as text. Drawing it on a terminal is the work of `progress-display.ts`. */
import type { Channel } from '../../domain/message.ts';
import { formatDuration } from './duration.ts';
import { formatNumber } from './number.ts';
import { type Palette, palette } from './palette.ts';
import { truncate, widthOf } from './wide-text.ts';

export interface ProgressSnapshot {
  /** Rows with an outcome, of `total` rows to send. */
  readonly done: number;
  readonly total: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
  /** Answers that turned a row away for now. */
  readonly throttled: number;
  /** Refused, and back in line as their fallback. */
  readonly fellBack?: number;
  /** By what messages leave now, where they stand in for the campaign's own. */
  readonly standInBy?: Channel;
  /** Attempts a second, measured over the last few seconds. */
  readonly perSecond: number;
  /** Null before it can be told. */
  readonly etaMs: number | null;
  /** Nothing new leaves; what is in flight is awaited. */
  readonly stopping?: boolean;
}

export interface ProgressOptions {
  readonly width: number;
  readonly colour?: boolean;
  readonly emulated: boolean;
}

const shortestBar = 10;
const longestBar = 40;

/** One line where everything fits in `width`, otherwise two; never more, and neither is wider than `width`. */
export function renderProgress(
  snapshot: ProgressSnapshot,
  { width, colour = false, emulated }: ProgressOptions,
): string[] {
  const style = palette(colour);
  const pace = paceText(snapshot);
  const counts = countTexts(snapshot).join('  ');
  const badge = emulated ? 'EMULATOR ' : '';
  const used = widthOf(`${badge} ${pace}`);
  const room = width - used - widthOf(counts) - 2;
  if (room >= shortestBar) {
    const drawn = bar(snapshot, Math.min(room, longestBar), style);
    return [`${loudBadge(badge, style)}${drawn} ${pace}  ${colouredCounts(snapshot, style)}`];
  }
  const second = widthOf(counts) <= width ? colouredCounts(snapshot, style) : truncate(counts, width);
  return [paceLine(snapshot, { badge, pace, room: width - used, width }, style), second];
}

/** For a stream that is no terminal: one line without a bar. */
export function renderProgressLine(snapshot: ProgressSnapshot, emulated: boolean): string {
  const { done, total } = snapshot;
  const share = `${formatNumber(done)} of ${formatNumber(total)} (${percent(snapshot)}%)`;
  const parts = [share, ...paceParts(snapshot)].join(', ');
  return `${emulated ? 'EMULATOR: ' : ''}${parts}: ${countTexts(snapshot).join(', ')}`;
}

function paceLine(
  snapshot: ProgressSnapshot,
  { badge, pace, room, width }: { badge: string; pace: string; room: number; width: number },
  style: Palette,
): string {
  if (room >= shortestBar)
    return `${loudBadge(badge, style)}${bar(snapshot, Math.min(room, longestBar), style)} ${pace}`;
  return truncate(`${badge}${pace}`, width);
}

function loudBadge(badge: string, { loud }: Palette): string {
  return badge === '' ? '' : `${loud(badge.trimEnd())} `;
}

function paceText(snapshot: ProgressSnapshot): string {
  const { done, total } = snapshot;
  return [`${formatNumber(done)}/${formatNumber(total)}`, `${percent(snapshot)}%`, ...paceParts(snapshot)].join('  ');
}

function paceParts({ perSecond, etaMs, stopping, standInBy }: ProgressSnapshot): string[] {
  if (stopping === true) return ['stopping'];
  const by = standInBy === undefined ? '' : ` by ${standInBy}`;
  const rate = `${perSecond < 10 ? Math.round(perSecond * 10) / 10 : formatNumber(Math.round(perSecond))}/s${by}`;
  return etaMs === null ? [rate] : [rate, `${formatDuration(etaMs)} left`];
}

/** Rounded down, so that 100% means all of them. */
function percent({ done, total }: ProgressSnapshot): number {
  return total === 0 ? 100 : Math.floor((done / total) * 100);
}

const counted = ['accepted', 'rejected', 'unknown', 'throttled'] as const;

function countTexts(snapshot: ProgressSnapshot): string[] {
  return [...counted.map((name) => `${name} ${formatNumber(snapshot[name])}`), ...fallbackText(snapshot)];
}

/** Nothing in campaigns without a fallback. */
function fallbackText({ fellBack = 0 }: ProgressSnapshot): string[] {
  return fellBack === 0 ? [] : [`fallback ${formatNumber(fellBack)}`];
}

function colouredCounts(snapshot: ProgressSnapshot, { green, red, yellow, dim }: Palette): string {
  const styles = { accepted: green, rejected: red, unknown: yellow, throttled: yellow };
  return [
    ...counted.map((name) => (snapshot[name] > 0 ? styles[name] : dim)(`${name} ${formatNumber(snapshot[name])}`)),
    ...fallbackText(snapshot),
  ].join('  ');
}

function bar({ done, total }: ProgressSnapshot, length: number, { green, dim }: Palette): string {
  const filled = total === 0 ? length : Math.floor((done / total) * length);
  return green('█'.repeat(filled)) + dim('░'.repeat(length - filled));
}
