/** Reads a do-not-contact list: any list whose first column holds the addresses. */
import { normaliseAddress } from '../domain/address.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { RecipientSource, Row } from '../domain/recipient-source.ts';

/** An address that cannot be read would be one that is written to after all, so the whole list is refused. */
export class SuppressionListError extends OperatorError {
  override readonly code = 'SUPPRESSION_LIST';
  override readonly kind = 'invalid';

  constructor(list: string, place: string, message: string) {
    super(`the do-not-contact list "${list}", ${place}: ${message}`, {
      hint: 'it needs a header line, and a number with its country code in the first column of every row',
    });
  }
}

/** The addresses, digits only, in chunks. `country` reads national numbers as in the list of recipients. */
export async function* readSuppressed(
  source: RecipientSource,
  country: string | null,
): AsyncGenerator<readonly string[]> {
  for await (const { rows, findings } of source.read()) {
    const fatal = findings.find(({ severity, code }) => severity === 'fatal' && code !== 'LIST_EMPTY');
    if (fatal !== undefined) throw new SuppressionListError(source.name, `row ${fatal.row ?? 1}`, fatal.message);
    yield rows.map((row) => addressOf(row, country, source.name));
  }
}

function addressOf({ number, cells }: Row, country: string | null, list: string): string {
  const address = normaliseAddress(cells[0] ?? '', country);
  if (address.kind === 'bad') throw new SuppressionListError(list, `row ${number}`, address.message);
  return address.to;
}
