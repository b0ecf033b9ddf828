/** The place where a list stops being readable, thrown between the layers of a source and told as a fatal finding. */
import type { FindingCode } from '../../domain/finding-codes.ts';

export class ListBreak extends Error {
  readonly code: FindingCode;
  readonly hint: string;

  constructor(code: FindingCode, message: string, hint: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = 'ListBreak';
    this.code = code;
    this.hint = hint;
  }
}
