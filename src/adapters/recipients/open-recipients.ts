/** From what the operator says about a list to the source that reads it. */
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import type { ListFormat } from '../../domain/campaign.ts';
import type { RecipientSource } from '../../domain/recipient-source.ts';
import { openDelimitedParser } from './delimited-parser.ts';
import { openJsonLinesParser } from './json-lines-parser.ts';
import { openJsonListParser } from './json-list-parser.ts';
import { assertListFile, readFileBytes, readStreamBytes } from './list-bytes.ts';
import { ListDelimiterError, ListFormatUnknownError, ListWorkbookError } from './list-errors.ts';
import type { ListParser } from './list-parser.ts';
import { ListSource } from './list-source.ts';
import { parseEncodingName } from './recognise-encoding.ts';
import type { RowCollector } from './row-collector.ts';

export interface RecipientOptions {
  /** A path, or `-` for standard input. */
  readonly file: string;
  /** Null: told by the file's name. */
  readonly format: ListFormat | null;
  /** One character, or `\t` or `tab`; null: found from the header line. */
  readonly delimiter: string | null;
  /** Null: recognised from the bytes. */
  readonly encoding: string | null;
}

/**
 * Opens nothing yet, but finds out at once whether the list could be.
 * @throws ListNotFoundError, ListIsFolderError, ListNotReadableError, ListFormatUnknownError, ListWorkbookError,
 *   ListDelimiterError, ListEncodingUnknownError
 */
export function openRecipients(options: RecipientOptions, io: { readonly stdin: Readable }): RecipientSource {
  const { file } = options;
  if (file !== '-') assertListFile(file);
  const format = options.format ?? formatOf(file);
  const delimiter = options.delimiter === null ? null : parseDelimiter(options.delimiter, format);
  return new ListSource({
    name: file,
    encoding: options.encoding === null ? null : parseEncodingName(options.encoding),
    openBytes: () => (file === '-' ? readStreamBytes(io.stdin) : readFileBytes(file)),
    openParser: (rows) => openParser(format, delimiter, rows),
  });
}

function openParser(format: ListFormat, delimiter: string | null, rows: RowCollector): ListParser {
  switch (format) {
    case 'csv':
      return openDelimitedParser(rows, delimiter);
    case 'tsv':
      return openDelimitedParser(rows, delimiter ?? '\t');
    case 'json':
      return openJsonListParser(rows);
    case 'jsonl':
      return openJsonLinesParser(rows);
  }
}

const formats: Readonly<Record<string, ListFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.json': 'json',
  '.jsonl': 'jsonl',
};

function formatOf(file: string): ListFormat {
  const extension = extname(file).toLowerCase();
  if (extension === '.xlsx' || extension === '.xls') throw new ListWorkbookError(file);
  const format = formats[extension];
  if (format === undefined) throw new ListFormatUnknownError(file);
  return format;
}

function parseDelimiter(written: string, format: ListFormat): string {
  if (format === 'json' || format === 'jsonl') {
    throw new ListDelimiterError(`a ${format} list has no delimiter`, 'leave --delimiter out');
  }
  const delimiter = written === '\\t' || written === 'tab' ? '\t' : written;
  if (!/^[^"\r\n]$/u.test(delimiter)) {
    throw new ListDelimiterError(
      `"${written}" cannot be a delimiter`,
      'give one character: a comma, a semicolon, a pipe, or tab for a tab',
    );
  }
  return delimiter;
}
