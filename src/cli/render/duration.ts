/** Spans of time as a person reads them: the two largest units, no more. */

const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/** `250_000` becomes `4 min 10 s`; anything below a second `under 1 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return 'under 1 s';
  const seconds = roundedSeconds(ms / 1000);
  const index = units.findIndex((unit) => seconds >= unit.seconds);
  let left = seconds;
  const parts: string[] = [];
  for (const unit of units.slice(index, index + 2)) {
    const count = Math.floor(left / unit.seconds);
    left -= count * unit.seconds;
    if (count > 0) parts.push(`${count} ${unit.name}`);
  }
  return parts.join(' ');
}

/** Rounded to the smaller of the two units that will be shown, so that 59 min 59.9 s is 1 h, not 59 min 60 s. */
function roundedSeconds(seconds: number): number {
  const step = seconds >= 86_400 ? 3600 : seconds >= 3600 ? 60 : 1;
  return Math.round(seconds / step) * step;
}
