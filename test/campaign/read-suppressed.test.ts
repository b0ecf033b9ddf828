import { describe, expect, it } from 'vitest';
import { readSuppressed } from '../../src/campaign/read-suppressed.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { Channel } from '../../src/domain/message.ts';
import type { RecipientSource } from '../../src/domain/recipient-source.ts';
import { flatten } from '../support/flatten.ts';
import { batchesOf, listOf } from './plan-scene.ts';

const read = (list: RecipientSource, country: string | null = null, channel: Channel = 'whatsapp') =>
  flatten(readSuppressed(list, { channel, country, group: false }));

function fatal(code: Finding['code'], row: number | null): Finding {
  return { row, column: null, code, severity: 'fatal', value: null, message: 'it breaks off', hint: null };
}

describe('a do-not-contact list', () => {
  it('gives the addresses of its first column, whatever that is called', async () => {
    const list = listOf(
      ['number', 'why'],
      [
        ['+86 138 0010 0001', 'asked'],
        ['85298765432', ''],
        ['8613800100002', ''],
      ],
    );
    expect(await read(list)).toEqual(['8613800100001', '85298765432', '8613800100002']);
  });

  it('reads national numbers as the list of recipients does', async () => {
    expect(await read(listOf(['number'], [['138 0010 0001']]), 'CN')).toEqual(['8613800100001']);
  });

  it('reads ids where the channel knows people by them', async () => {
    const list = listOf(['id'], [["'7314482201155301"], ['7314482201155302']]);
    expect(await read(list, 'CN', 'messenger')).toEqual(['7314482201155301', '7314482201155302']);
    const phones = listOf(['number'], [['+86 138 0010 0001']]);
    await expect(read(phones, 'CN', 'instagram')).rejects.toThrow('row 2: this is not the id of a person');
  });

  it('may be empty', async () => {
    const empty = batchesOf([
      { columns: ['number'], columnsComplete: true, rows: [], findings: [fatal('LIST_EMPTY', null)] },
    ]);
    expect(await read(empty)).toEqual([]);
  });

  it.each([
    ['an address that cannot be read', listOf(['number'], [['8613800100001'], ['call me']]), 'row 3'],
    ['a row without an address', listOf(['number', 'why'], [['', 'asked']]), 'row 2'],
    ['a national number without a country', listOf(['number'], [['138 0010 0001']]), 'row 2'],
  ])('is refused as a whole for %s', async (_name, list, place) => {
    await expect(read(list)).rejects.toMatchObject({
      code: 'SUPPRESSION_LIST',
      kind: 'invalid',
      message: expect.stringContaining(`the do-not-contact list "list.csv", ${place}: `),
    });
  });

  it.each([
    [7, 'row 7'],
    [null, 'row 1'],
  ])('is refused as a whole when it breaks off', async (row, place) => {
    const list = batchesOf([
      { columns: ['number'], columnsComplete: true, rows: [], findings: [fatal('LIST_UNREADABLE', row)] },
    ]);
    await expect(read(list)).rejects.toThrow(`${place}: it breaks off`);
  });
});
