/**
 * Reads a list of prices: any list with the columns `prefix` and `price`, and where it prices templates of WhatsApp, `category`:
 * for each country the price of a segment, or of a message of a category.
 */
import { columnFinding, matchColumn } from '../domain/match-column.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { parseRates, type RateRow, type Rates } from '../domain/rates.ts';
import type { RecipientSource } from '../domain/recipient-source.ts';

/** A price that cannot be read would make an estimate that is wrong, so the whole list is refused. */
export class RatesError extends OperatorError {
  override readonly code = 'RATES';
  override readonly kind = 'invalid';

  constructor(list: string, message: string, hint: string | null) {
    super(`the list of prices "${list}": ${message}`, {
      hint: hint ?? 'it needs a header line with the columns prefix and price, and a country in every row',
    });
  }
}

/** Held as a whole: there are some hundred countries. Throws a `RatesError`. */
export async function readRates(source: RecipientSource): Promise<Rates> {
  const rows: RateRow[] = [];
  for await (const batch of source.read()) {
    const finding = [...batch.findings, ...batch.rows.flatMap((row) => row.findings)].find(
      ({ severity }) => severity === 'fatal' || severity === 'error',
    );
    if (finding !== undefined) {
      const where = finding.row === null ? '' : `line ${finding.row}: `;
      throw new RatesError(source.name, `${where}${finding.message}`, finding.hint);
    }
    const prefix = columnOf('prefix', batch.columns, source.name);
    const price = columnOf('price', batch.columns, source.name);
    const category = optionalColumn('category', batch.columns, source.name);
    for (const { number, cells } of batch.rows) {
      const subject = category === null ? '' : (cells[category] ?? '');
      rows.push({ line: number, prefix: cells[prefix] ?? '', category: subject, price: cells[price] ?? '' });
    }
  }
  const parsed = parseRates(rows);
  if (parsed.kind === 'mistake') throw new RatesError(source.name, parsed.message, parsed.hint);
  return parsed.value;
}

/** Null where there is none. */
function optionalColumn(name: string, columns: readonly string[], list: string): number | null {
  return matchColumn(name, columns).kind === 'unknown' ? null : columnOf(name, columns, list);
}

function columnOf(name: string, columns: readonly string[], list: string): number {
  const match = matchColumn(name, columns);
  if (match.kind === 'found') return match.index;
  const { message, hint } = columnFinding(name, match, columns, `the ${name} of a country`);
  throw new RatesError(list, message, hint);
}
