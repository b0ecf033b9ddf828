/** Rates as the operator writes them. */
import type { Rate } from '../../domain/quota.ts';
import { formatDuration } from './duration.ts';
import { formatNumber } from './number.ts';

/** As the operator writes it: `250/s`, `60/m`; any other window is spelled out. */
export function formatRate({ count, perMs }: Rate): string {
  const window = { 1000: 's', 60000: 'm', 3600000: 'h' }[perMs] ?? formatDuration(perMs);
  return `${formatNumber(count)}/${window}`;
}
