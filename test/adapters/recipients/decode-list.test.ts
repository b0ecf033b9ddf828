import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readList } from './read-list.ts';

const csv = { format: 'csv' } as const;
const chinese = 'phone,name\n8613800000000,李雷\n8613800000001,韩梅梅\n';
const chineseRows = [
  [2, '8613800000000', '李雷'],
  [3, '8613800000001', '韩梅梅'],
];

describe('the encoding', () => {
  it.each([
    ['UTF-8', Buffer.from(chinese), null],
    ['UTF-8 with a mark', iconv.encode(chinese, 'utf8', { addBOM: true }), null],
    ['UTF-16LE with a mark', iconv.encode(chinese, 'utf-16le', { addBOM: true }), null],
    ['UTF-16BE with a mark', iconv.encode(chinese, 'utf-16be', { addBOM: true }), null],
    ['UTF-16LE without a mark', iconv.encode(chinese, 'utf-16le', { addBOM: false }), 'UTF-16LE'],
    ['UTF-16BE without a mark', iconv.encode(chinese, 'utf-16be', { addBOM: false }), 'UTF-16BE'],
    ['GB18030', iconv.encode(chinese, 'gb18030'), 'GB18030'],
  ])('is recognised as %s, whichever way the bytes are cut, and a guess is told', async (_, bytes, guess) => {
    for (const size of [undefined, 1, 2, 3]) {
      const { columns, rows, findings } = await readList(bytes, csv, size);
      expect(columns).toEqual(['phone', 'name']);
      expect(rows).toEqual(chineseRows);
      expect(findings.map((finding) => [finding.code, finding.severity, finding.message])).toEqual(
        guess === null ? [] : [['LIST_ENCODING_GUESSED', 'info', `the list is read as ${guess}`]],
      );
    }
  });

  it('is decided at the first byte beyond ASCII, however late it comes', async () => {
    const list = `phone,name\n${'8613800000000,Ann\n'.repeat(10_000)}8613800000001,韩梅梅\n`;
    for (const encoding of ['utf8', 'gb18030']) {
      const { rows } = await readList(iconv.encode(list, encoding), csv, 65_536);
      expect(rows.at(-1)).toEqual([10_002, '8613800000001', '韩梅梅']);
    }
  });

  it('is the one that the operator names', async () => {
    const western = Buffer.from('phone,name\n1,Renée\n', 'latin1');
    expect((await readList(western, { ...csv, encoding: 'latin1' })).rows).toEqual([[2, '1', 'Renée']]);
    const short = iconv.encode('phone,name\n1,喆\n', 'gb18030');
    expect((await readList(short, { ...csv, encoding: 'GBK' })).rows).toEqual([[2, '1', '喆']]);
  });

  it('is not taken for Chinese when accents make valid GB18030', async () => {
    const { rows, findings } = await readList(Buffer.from('phone,name\n1,Renée\n2,Müller\n', 'latin1'), csv);
    expect(rows).toEqual([]);
    expect(findings).toMatchObject([
      { code: 'LIST_ENCODING', severity: 'fatal', row: 2, message: 'the byte at offset 16 (0xE9) is not UTF-8 text' },
    ]);
  });

  it('stays UTF-8 when a long list has one broken byte', async () => {
    const bytes = Buffer.from('phone,name\n1,é\n2,ü\n3,ö\n4,ä\n5,?e\n');
    bytes[bytes.indexOf('?')] = 0xe9;
    const { rows, findings } = await readList(bytes, csv);
    expect(rows.length).toBe(4);
    expect(findings).toMatchObject([{ code: 'LIST_ENCODING', row: 6, message: expect.stringContaining('0xE9') }]);
  });
});

describe('a workbook under the name of a text list', () => {
  it.each([
    ['xlsx', Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1')],
    ['xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ])('is told as what it is when it is an %s', async (_, bytes) => {
    expect((await readList(bytes, csv)).findings).toMatchObject([
      { code: 'LIST_UNREADABLE', severity: 'fatal', hint: 'export the sheet as "CSV UTF-8" and name that file' },
    ]);
  });
});

describe('a byte that is no text', () => {
  it.each([
    ['UTF-8', Buffer.from('a,b\n1,李\n2,韩\n3,梅\n4,"雷\n'), 'utf8', 0xff],
    ['UTF-8 with a NUL', Buffer.from('a,b\n1,李\n2,韩\n3,梅\n4,"雷\n'), 'utf8', 0x00],
    ['GB18030', iconv.encode('a,b\n1,李\n2,韩\n3,梅\n4,"雷\n', 'gb18030'), 'gb18030', 0xff],
  ])('ends a %s list at its offset and row, after every row before it', async (_, list, encoding, byte) => {
    const bytes = Buffer.concat([list, Buffer.from([byte]), Buffer.from('x"\n5,e\n')]);
    const label = encoding === 'utf8' ? 'UTF-8' : 'GB18030';
    for (const size of [undefined, 1, 2, 5]) {
      const { rows, findings } = await readList(
        bytes,
        { ...csv, encoding: encoding === 'utf8' ? 'utf-8' : encoding },
        size,
      );
      expect(rows).toEqual([
        [2, '1', '李'],
        [3, '2', '韩'],
        [4, '3', '梅'],
      ]);
      expect(findings).toMatchObject([
        {
          row: 5,
          code: 'LIST_ENCODING',
          severity: 'fatal',
          message: `the byte at offset ${list.length} (0x${byte.toString(16).toUpperCase().padStart(2, '0')}) is not ${label} text`,
        },
      ]);
    }
  });

  it('is placed in the row after a whole one, when it stands right behind the line end', async () => {
    const bytes = Buffer.concat([Buffer.from('a\n1\n2\n'), Buffer.from([0xff])]);
    const { rows, findings } = await readList(bytes, csv);
    expect(rows).toEqual([
      [2, '1'],
      [3, '2'],
    ]);
    expect(findings).toMatchObject([{ row: 4, message: 'the byte at offset 6 (0xFF) is not UTF-8 text' }]);
  });

  it('is half of a UTF-16 pair', async () => {
    const bytes = Buffer.concat([Buffer.from('\uFEFFa\n1\n', 'utf16le'), Buffer.from([0x00, 0xdc, 0x61, 0x00])]);
    expect((await readList(bytes, csv)).findings).toMatchObject([
      { row: 3, message: 'the byte at offset 10 (0x00) is not UTF-16LE text' },
    ]);
  });

  it('is missing when the list ends inside a character', async () => {
    for (const [list, encoding, message] of [
      [
        Buffer.from('a\n李').subarray(0, 4),
        'utf-8',
        'the list ends inside the UTF-8 character that begins at byte offset 2',
      ],
      [
        Buffer.from('a\n1', 'utf16le').subarray(0, 5),
        'utf-16le',
        'the list ends inside the UTF-16LE character that begins at byte offset 4',
      ],
    ] as const) {
      expect((await readList(list, { ...csv, encoding })).findings).toMatchObject([
        { code: 'LIST_ENCODING', row: 2, message },
      ]);
    }
  });
});

describe('properties of encodings', () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 30 })
    .filter((each) => !/[\0\r\n",\uFEFF]/.test(each) && each.trim() !== '');

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'gb18030'])(
    '%s gives back every character, however the bytes are cut',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(text, fc.integer({ min: 1, max: 4 }), async (text, size) => {
          const bytes = iconv.encode(`n\n${text}\n`, encoding);
          // GB18030 gives some characters of the private use area a second meaning since 2022
          fc.pre(encoding !== 'gb18030' || new TextDecoder('gb18030').decode(bytes) === `n\n${text}\n`);
          expect((await readList(bytes, { ...csv, encoding }, size)).rows).toEqual([[2, text]]);
        }),
      );
    },
  );

  it('either reads bytes as they are or refuses them at a byte that the platform refuses too', async () => {
    const bytes = fc
      .uint8Array({ minLength: 1, maxLength: 12 })
      .filter((each) => each.every((byte) => ![0, 10, 13, 34, 44].includes(byte)));
    for (const encoding of ['utf-8', 'gb18030'] as const) {
      await fc.assert(
        fc.asyncProperty(bytes, async (cell) => {
          const list = Buffer.concat([Buffer.from('n\nx'), cell, Buffer.from('\n')]);
          const { rows, findings } = await readList(list, { ...csv, encoding }, 1);
          const isText = isDecodable(list, encoding);
          expect(findings.map((finding) => finding.code)).toEqual(isText ? [] : ['LIST_ENCODING']);
          if (isText)
            expect(rows).toEqual([[2, new TextDecoder(encoding, { ignoreBOM: true }).decode(list).slice(2, -1)]]);
          else expect(isDecodable(list.subarray(0, offsetIn(findings[0]?.message)), encoding)).toBe(true);
        }),
      );
    }
  });
});

function isDecodable(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function offsetIn(message = ''): number {
  return Number(/offset (\d+)/.exec(message)?.[1]);
}
