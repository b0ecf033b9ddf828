import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { openRecipients, type RecipientOptions } from '../../../src/adapters/recipients/open-recipients.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'sendoff-open-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'lists.csv'));
for (const name of ['recipients.csv', 'list.txt', 'book.xlsx', 'list.json'])
  writeFileSync(join(folder, name), 'phone\n1\n');

function refusal(options: Partial<RecipientOptions> & { file: string }) {
  try {
    openRecipients({ format: null, delimiter: null, encoding: null, ...options }, { stdin: Readable.from([]) });
  } catch (error) {
    if (error instanceof OperatorError)
      return { code: error.code, kind: error.kind, message: error.message, hint: error.hint };
    throw error;
  }
  return null;
}

describe('a list that cannot be opened', () => {
  it('names the file that may have been meant when there is none of that name', () => {
    const file = join(folder, 'recipents.csv');
    expect(refusal({ file })).toEqual({
      code: 'LIST_NOT_FOUND',
      kind: 'usage',
      message: `no file "${file}"`,
      hint: 'did you mean "recipients.csv"?',
    });
    expect(refusal({ file: join(folder, 'quite-another.csv') })?.hint).toBeUndefined();
    expect(refusal({ file: join(folder, 'no-folder', 'recipients.csv') })?.code).toBe('LIST_NOT_FOUND');
  });

  it('is refused when it is a folder', () => {
    expect(refusal({ file: join(folder, 'lists.csv') })?.code).toBe('LIST_IS_FOLDER');
  });

  it('asks for --format when nothing tells it', () => {
    expect(refusal({ file: '-' })).toEqual({
      code: 'LIST_FORMAT_UNKNOWN',
      kind: 'usage',
      message: 'standard input has no name to tell its format',
      hint: 'say it with --format csv, tsv, json or jsonl',
    });
    expect(refusal({ file: join(folder, 'list.txt') })?.code).toBe('LIST_FORMAT_UNKNOWN');
    expect(refusal({ file: join(folder, 'list.txt'), format: 'csv' })).toBeNull();
  });

  it('asks for an export when it is a workbook', () => {
    expect(refusal({ file: join(folder, 'book.xlsx') })).toMatchObject({
      code: 'LIST_WORKBOOK',
      hint: 'export the sheet as "CSV UTF-8" and name that file',
    });
  });

  it('refuses a delimiter that is none', () => {
    const file = join(folder, 'recipients.csv');
    for (const delimiter of ['', ',,', '"', '\n'])
      expect(refusal({ file, delimiter })?.code).toBe('LIST_DELIMITER_INVALID');
    for (const delimiter of [';', '\\t', 'tab', '\t', '、']) expect(refusal({ file, delimiter })).toBeNull();
    expect(refusal({ file: join(folder, 'list.json'), delimiter: ',' })?.message).toBe('a json list has no delimiter');
  });

  it('refuses an encoding that it does not know', () => {
    expect(refusal({ file: join(folder, 'recipients.csv'), encoding: 'ebcdic' })).toMatchObject({
      code: 'LIST_ENCODING_UNKNOWN',
      kind: 'usage',
      message: 'no encoding "ebcdic"',
    });
  });
});
