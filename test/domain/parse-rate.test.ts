import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRate, parseRate } from '../../src/domain/parse-rate.ts';

describe('parseRate', () => {
  it.each([
    ['250/s', 250, 1000],
    ['250', 250, 1000],
    [' 250 / s ', 250, 1000],
    ['60/m', 60, 60_000],
    ['1000/h', 1000, 3_600_000],
    ['0.5/s', 1, 2000],
    ['2.5/s', 5, 2000],
    ['0.25/m', 1, 240_000],
    ['0.001/s', 1, 1_000_000],
    ['1.50/s', 3, 2000],
    ['10.0/h', 10, 3_600_000],
    ['1000000/s', 1_000_000, 1000],
  ])('reads %j', (text, count, perMs) => {
    expect(parseRate(text)).toEqual({ kind: 'value', value: { count, perMs } });
  });

  it.each(['', 'fast', '-1/s', '250/d', '250/', '/s', '1e3', '1,5/s', '0x10', '250/s/s', '1.2345/s', 'Infinity'])(
    'refuses %j with the forms it reads',
    (text) => {
      expect(parseRate(text)).toEqual({
        kind: 'mistake',
        message: `"${text}" is not a rate`,
        hint: 'write a number a second, minute or hour: 250/s, 60/m or 1000/h',
      });
    },
  );

  it.each(['0', '0/s', '0.000/m'])('refuses %j, at which nothing would ever leave', (text) => {
    expect(parseRate(text)).toEqual({
      kind: 'mistake',
      message: `"${text}" lets nothing through`,
      hint: 'write a rate above 0, such as 1/s',
    });
  });

  it('refuses more departures in a window than the pacer remembers', () => {
    expect(parseRate('1000001/h')).toEqual({
      kind: 'mistake',
      message: '"1000001/h" is more than sendoff can pace',
      hint: 'write at most 1000000/s',
    });
  });
});

describe('formatRate', () => {
  it.each([
    [{ count: 250, perMs: 1000 }, '250/s'],
    [{ count: 60, perMs: 60_000 }, '60/m'],
    [{ count: 1, perMs: 2000 }, '0.5/s'],
    [{ count: 1, perMs: 3000 }, '1 in 3000 ms'],
  ])('writes %j', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it('writes what parseRate reads back as the same rate, whatever was written first', () => {
    const written = fc
      .tuple(fc.nat(9999), fc.nat(999), fc.integer({ min: 0, max: 3 }), fc.constantFrom('', '/s', '/m', '/h'))
      .map(([whole, fraction, places, unit]) =>
        places === 0 ? `${whole}${unit}` : `${whole}.${String(fraction).padStart(3, '0').slice(0, places)}${unit}`,
      );
    fc.assert(
      fc.property(written, (text) => {
        const first = parseRate(text);
        fc.pre(first.kind === 'value');
        expect(parseRate(formatRate(first.value))).toEqual(first);
      }),
    );
  });

  it('keeps the number a second that was written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.constantFrom(['s', 1], ['m', 60], ['h', 3600]),
        (milli, [unit, seconds]) => {
          const parsed = parseRate(`${milli / 1000}/${unit}`);
          fc.pre(parsed.kind === 'value');
          const { count, perMs } = parsed.value;
          expect(Number.isInteger(count) && Number.isInteger(perMs)).toBe(true);
          expect((count * 1000) / perMs).toBeCloseTo(milli / 1000 / Number(seconds), 9);
        },
      ),
    );
  });
});
