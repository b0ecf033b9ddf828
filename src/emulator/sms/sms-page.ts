/** Pages of a list, as the look-ups of Short Message Service have them: numbered from 1, of 1 to 50 rows. */
import type { Parameters } from '../parameters.ts';
import type { Refusal } from '../refusals.ts';
import { missing, refuseSms } from './refuse-sms.ts';

export interface Page {
  readonly index: number;
  readonly size: number;
}

export type PageCheck =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** `index` is what the operation calls the number of the page. Where both are optional they are 1 and 10. */
export function readPage(parameters: Parameters, index: string, presence: 'optional' | 'mandatory'): PageCheck {
  const absent = [index, 'PageSize'].find((name) => parameters.text(name) === '');
  if (presence === 'mandatory' && absent !== undefined) return { kind: 'refused', refusal: missing(absent) };
  const page = { index: Number(parameters.text(index) || 1), size: Number(parameters.text('PageSize') || 10) };
  if (!Number.isInteger(page.index) || page.index < 1) return refused(`${index} is a whole number from 1`);
  if (!Number.isInteger(page.size) || page.size < 1 || page.size > 50) return refused('PageSize is from 1 to 50');
  return { kind: 'page', page };
}

export function rowsOf<T>(all: readonly T[], { index, size }: Page): readonly T[] {
  return all.slice((index - 1) * size, index * size);
}

function refused(detail: string): PageCheck {
  return { kind: 'refused', refusal: refuseSms('isv.INVALID_PARAMETERS', detail) };
}
