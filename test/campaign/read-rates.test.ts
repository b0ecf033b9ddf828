import { describe, expect, it } from 'vitest';
import { readRates } from '../../src/campaign/read-rates.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { batchesOf, listOf } from './plan-scene.ts';

const brokenOff: Finding = {
  row: 4,
  column: null,
  code: 'LIST_UNREADABLE',
  severity: 'fatal',
  value: null,
  message: 'it breaks off',
  hint: null,
};

describe('a list of prices', () => {
  it('is read by its columns, whatever stands beside them', async () => {
    const rates = await readRates(
      listOf(
        ['country', 'Price', ' prefix '],
        [
          ['China', '0.045', '86'],
          ['Hong Kong', '0.3', '+852'],
        ],
      ),
    );
    expect([rates.textMicros('8613800100001', 2), rates.textMicros('85298765432', 1)]).toEqual([90_000, 300_000]);
    expect(rates.pricesTemplates).toBe(false);
  });

  it('has prices of templates where a column says of what each is', async () => {
    const rows = [
      ['86', '', '0.045'],
      ['86', 'Marketing ', '0.2'],
    ];
    const rates = await readRates(listOf(['prefix', 'category', 'price'], rows));
    const to = '8613800100001';
    expect([rates.textMicros(to, 1), rates.templateMicros(to, 'MARKETING')]).toEqual([45_000, 200_000]);
  });

  it.each([
    [
      'a line that cannot be read',
      listOf(['prefix', 'price'], [['86', '4 cents']]),
      'the list of prices "list.csv": line 2: "4 cents" is no price',
    ],
    [
      'a missing column',
      listOf(['prefix', 'cost'], [['86', '0.045']]),
      'the list of prices "list.csv": the list has no column "price", which is to give the price of a country',
    ],
    [
      'a list that breaks off',
      batchesOf([{ columns: ['prefix', 'price'], columnsComplete: true, rows: [], findings: [brokenOff] }]),
      'the list of prices "list.csv": line 4: it breaks off',
    ],
  ])('is refused for %s', async (_name, list, message) => {
    await expect(readRates(list)).rejects.toMatchObject({ code: 'RATES', kind: 'invalid', message });
  });
});
