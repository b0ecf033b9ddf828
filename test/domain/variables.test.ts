import { describe, expect, it } from 'vitest';
import { templateVariables, variablePlaces } from '../../src/domain/variables.ts';
import { aFullTemplate, aTemplate } from '../support/a-template.ts';

describe('templateVariables', () => {
  it('finds every variable of every part, with where it stands', () => {
    const places = templateVariables(aFullTemplate()).map((variable) => [variable.name, variablePlaces(variable)]);
    expect(places).toEqual([
      ['name', 'the header and the body and the body of card 1 and the body of card 2'],
      ['order', 'the body and the link of button 2'],
      ['date', 'the body'],
      ['end', 'the offer'],
      ['expiry', 'the offer expiry'],
      ['coupon', 'the coupon code'],
      ['image1', 'the media link of card 1'],
      ['price1', 'the body of card 1'],
      ['item1', 'the link of button 1 of card 1'],
      ['image2', 'the media link of card 2'],
      ['price2', 'the body of card 2'],
      ['item2', 'the link of button 1 of card 2'],
    ]);
  });

  it('finds none in a template without any', () => {
    expect(templateVariables(aTemplate({ body: null, footer: '$(not) a variable here' }))).toEqual([]);
  });
});
