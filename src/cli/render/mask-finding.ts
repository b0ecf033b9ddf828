/** Findings for streams: what they quote of addresses is masked. Whole addresses are for the run file and the reports. */
import type { Finding } from '../../domain/finding.ts';
import { maskNumbers } from './mask-numbers.ts';

/** Hints speak of what to do and quote no cell, so they stay. */
export function maskFinding<Quoting extends Finding>(finding: Quoting): Quoting {
  if (!mayQuoteAddress(finding)) return finding;
  const { value, message } = finding;
  return { ...finding, value: value === null ? null : maskNumbers(value), message: maskNumbers(message) };
}

/** Findings that quote addresses, or pieces of the list in which an address may be. */
function mayQuoteAddress({ code }: Finding): boolean {
  return /^(?:ADDRESS|LIST)_/.test(code) || code === 'DUPLICATE' || code === 'SAME_ADDRESS' || code === 'SUPPRESSED';
}
