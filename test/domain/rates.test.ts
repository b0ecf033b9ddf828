import { describe, expect, it } from 'vitest';
import { formatMicros, parseAmount, parseRates, type RateRow } from '../../src/domain/rates.ts';

function rates(...rows: readonly (readonly [prefix: string, price: string, category?: string])[]) {
  return parseRates(
    rows.map(([prefix, price, category = ''], index): RateRow => ({ line: index + 2, prefix, category, price })),
  );
}

function costs(to: string, segments: number, ...rows: readonly (readonly [string, string])[]): number | null {
  const parsed = rates(...rows);
  if (parsed.kind === 'mistake') throw new Error(parsed.message);
  return parsed.value.textMicros(to, segments);
}

describe('rates', () => {
  it('multiplies the price of the longest prefix by the segments', () => {
    const list = [
      ['1', '0.01'],
      ['+1876', '0.2'],
      ['0086', ' 0.045 '],
    ] as const;
    expect(costs('14155550123', 2, ...list)).toBe(20_000);
    expect(costs('18765550123', 1, ...list)).toBe(200_000);
    expect(costs('8613800138000', 3, ...list)).toBe(135_000);
  });

  it('has no price for what the list does not name', () => {
    expect(costs('85291234567', 1, ['86', '0.045'])).toBeNull();
    expect(costs('85291234567', 1)).toBeNull();
  });

  it('adds up without losing a fraction', () => {
    const cost = costs('8613800138000', 1, ['86', '0.1']) ?? 0;
    expect(cost * 3).toBe(300_000);
  });

  it('takes a free destination', () => {
    expect(costs('8613800138000', 5, ['86', '0'])).toBe(0);
  });

  it('has prices of templates by category and prefix, whatever the case', () => {
    const parsed = rates(['86', '0.2', 'marketing'], ['86138', '0.25', ' MARKETING'], ['86', '0.1', 'utility']);
    if (parsed.kind === 'mistake') throw new Error(parsed.message);
    const { templateMicros, textMicros, pricesTemplates } = parsed.value;
    expect(templateMicros('8613900000000', 'MARKETING')).toBe(200_000);
    expect(templateMicros('8613800000000', 'Marketing')).toBe(250_000);
    expect(templateMicros('8613800000000', 'UTILITY')).toBe(100_000);
    for (const category of ['AUTHENTICATION', 'SERVICE', 'constructor', '', null]) {
      expect(templateMicros('8613800000000', category)).toBeNull();
    }
    // What a template costs says nothing of a text message.
    expect([textMicros('8613800000000', 1), pricesTemplates]).toEqual([null, true]);
  });

  it('takes one prefix with a price for each category', () => {
    expect(rates(['86', '0.1'], ['86', '0.2', 'utility'], ['86', '0.3', 'sms']).kind).toBe('mistake');
    expect(rates(['86', '0.1'], ['86', '0.2', 'utility'], ['86', '0.3', 'marketing']).kind).toBe('value');
  });

  it.each([
    [
      'a category that has no price',
      [['86', '0.1', 'service']],
      'line 2: "service" is no category',
      'write marketing, utility, authentication, or sms for text messages',
    ],
    [
      'two prices of a category for one prefix',
      [
        ['86', '0.1', 'utility'],
        ['86', '0.2', 'Utility'],
      ],
      'line 3: the prefix 86 has another price of utility in line 2',
      'keep one of them',
    ],
    [
      'a prefix in words',
      [['China', '0.1']],
      'line 2: "China" is no country prefix',
      'write digits, such as 86 or +852',
    ],
    ['an empty prefix', [['', '0.1']], 'line 2: "" is no country prefix', 'write digits, such as 86 or +852'],
    [
      'a price with a comma',
      [
        ['86', '0.1'],
        ['1', '0,1'],
      ],
      'line 3: "0,1" is no price',
      'write a number with a point and at most 6 decimals, such as 0.045',
    ],
    [
      'a negative price',
      [['86', '-1']],
      'line 2: "-1" is no price',
      'write a number with a point and at most 6 decimals, such as 0.045',
    ],
    [
      'two prices for one prefix',
      [
        ['86', '0.1'],
        ['+86', '0.2'],
      ],
      'line 3: the prefix 86 has another price in line 2',
      'keep one of them',
    ],
  ] as const)('refuses %s', (_name, rows, message, hint) => {
    expect(rates(...rows)).toEqual({ kind: 'mistake', message, hint });
  });
});

describe('amounts', () => {
  it.each([
    ['12', 12_000_000, '12.00'],
    ['12.5', 12_500_000, '12.50'],
    ['0.045', 45_000, '0.045'],
    ['1000000.000001', 1_000_000_000_001, '1000000.000001'],
  ])('%s is read and written', (written, micros, shown) => {
    expect(parseAmount(written)).toEqual({ kind: 'value', value: micros });
    expect(formatMicros(micros)).toBe(shown);
  });

  it.each(['', '-1', '1,5', '€5', '1e3'])('"%s" is none', (written) => {
    expect(parseAmount(written)).toMatchObject({ kind: 'mistake', message: `"${written}" is no amount` });
  });
});
