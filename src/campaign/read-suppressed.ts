/** Reads a do-not-contact list: any list whose first column holds the addresses. */
import { OperatorError } from '../domain/operator-error.ts';
import { type AddressKind, readAddress } from '../domain/read-address.ts';
import type { RecipientSource, Row } from '../domain/recipient-source.ts';

/** An address that cannot be read would be one that is written to after all, so the whole list is refused. */
export class SuppressionListError extends OperatorError {
  override readonly code = 'SUPPRESSION_LIST';
  override readonly kind = 'invalid';

  constructor(list: string, place: string, message: string) {
    super(`the do-not-contact list "${list}", ${place}: ${message}`, {
      hint: 'it needs a header line, and an address as the campaign has them in the first column of every row',
    });
  }
}

/** The addresses in chunks, read as those of the list of recipients. */
export async function* readSuppressed(source: RecipientSource, kind: AddressKind): AsyncGenerator<readonly string[]> {
  for await (const { rows, findings } of source.read()) {
    const fatal = findings.find(({ severity, code }) => severity === 'fatal' && code !== 'LIST_EMPTY');
    if (fatal !== undefined) throw new SuppressionListError(source.name, `row ${fatal.row ?? 1}`, fatal.message);
    yield rows.map((row) => addressOf(row, kind, source.name));
  }
}

function addressOf({ number, cells }: Row, kind: AddressKind, list: string): string {
  const address = readAddress(cells[0] ?? '', kind);
  if (address.kind === 'bad') throw new SuppressionListError(list, `row ${number}`, address.message);
  return address.to;
}
