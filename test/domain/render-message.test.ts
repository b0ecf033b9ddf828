import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../src/domain/render-message.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';
import { templateVariables } from '../../src/domain/variables.ts';
import { aFullTemplate, aTemplate } from '../support/a-template.ts';

const names = templateVariables(aFullTemplate()).map(({ name }) => name);

describe('renderMessage', () => {
  it('fills every part', () => {
    const params = Object.fromEntries(names.map((name) => [name, name.toUpperCase()]));
    const card = (number: number) => ({
      header: { kind: 'media', format: 'image', url: `https://cdn.example.com/IMAGE${number}`, fileName: null },
      body: `Only PRICE${number}, NAME`,
      buttons: [{ kind: 'url', label: 'Buy', url: `https://shop.example.com/ITEM${number}` }],
    });
    expect(renderMessage(aFullTemplate(), params)).toEqual({
      header: { kind: 'text', text: 'For NAME' },
      body: 'Order ORDER for NAME ships on DATE',
      footer: 'no variables here',
      offer: { text: 'Ends END', expirationTimeMs: 'EXPIRY' },
      buttons: [
        { kind: 'quickReply', label: 'Stop' },
        { kind: 'url', label: 'Track', url: 'https://shop.example.com/t/ORDER' },
        { kind: 'copyCode', label: 'Copy', coupon: 'COUPON' },
      ],
      cards: [card(1), card(2)],
    });
  });

  it('leaves no variable behind when every param is given', () => {
    const value = fc.string().filter((text) => !text.includes('$('));
    fc.assert(
      fc.property(fc.tuple(...names.map(() => value)), (values) => {
        const params = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
        expect(JSON.stringify(renderMessage(aFullTemplate(), params))).not.toContain('$(');
      }),
    );
  });

  it('puts values in literally, also those that look like a variable or a replacement pattern', () => {
    const template = aTemplate({ body: parseTemplateText('<$(a)|$(b)>') });
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom('$(b)', '$(a)', '$&', '$1', '$$'), fc.string()), fc.string(), (a, b) => {
        expect(renderMessage(template, { a, b }).body).toBe(`<${a}|${b}>`);
      }),
    );
  });

  it('shows a variable without a value as registered', () => {
    expect(renderMessage(aTemplate({ body: parseTemplateText('$(toString) $(a)') }), { a: '1' }).body).toBe(
      '$(toString) 1',
    );
  });
});
