import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/domain/suggest.ts';

describe('nearest', () => {
  it('finds the candidate with the fewest slips, whatever its case', () => {
    expect(nearest('First_Nme', ['last_name', 'first_name', 'phone'])).toBe('first_name');
  });

  it('finds a word whose letters are swapped', () => {
    expect(nearest('nmae', ['date', 'name'])).toBe('name');
    expect(nearest('recipeints', ['recipients'])).toBe('recipients');
  });

  it('says nothing when more than a third of the letters would have to change', () => {
    expect(nearest('colour', ['phone', 'date'])).toBe(null);
    expect(nearest('a', ['b'])).toBe(null);
  });

  it('takes the first of equally near candidates', () => {
    expect(nearest('nama', ['name', 'nami'])).toBe('name');
  });
});

describe('didYouMean', () => {
  it('asks for the near candidate and is null without one', () => {
    expect(didYouMean('phome', ['phone'])).toBe('did you mean "phone"?');
    expect(didYouMean('phome', [])).toBe(null);
  });
});
