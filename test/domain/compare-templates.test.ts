import { describe, expect, it } from 'vitest';
import { compareTemplates } from '../../src/domain/compare-templates.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';
import { aFullTemplate, aTemplate } from '../support/a-template.ts';

describe('compareTemplates', () => {
  it('finds nothing between a template and itself', () => {
    expect(compareTemplates(aFullTemplate(), aFullTemplate())).toEqual({ variables: [], parts: [] });
  });

  it('names variables that one side lacks, or has elsewhere, and the parts that differ', () => {
    const left = aTemplate({ body: parseTemplateText('Hello $(name), $(code)'), footer: 'Bye' });
    const right = aTemplate({
      header: { kind: 'text', text: parseTemplateText('For $(name)') },
      body: parseTemplateText('Hallo'),
      buttons: [{ kind: 'quickReply', label: 'Stop' }],
    });
    expect(compareTemplates(left, right)).toEqual({
      variables: [
        { name: 'name', left: 'the body', right: 'the header' },
        { name: 'code', left: 'the body', right: null },
      ],
      parts: [
        { part: 'body', left: 'Hello $(name), $(code)', right: 'Hallo' },
        { part: 'footer', left: 'Bye', right: null },
        { part: 'header', left: null, right: 'For $(name)' },
        { part: 'button 1', left: null, right: 'reply "Stop"' },
      ],
    });
  });

  it('tells every kind of part in words', () => {
    const bare = aTemplate({ body: null });
    expect(compareTemplates(aFullTemplate(), bare).parts).toEqual(
      [
        ['header', 'For $(name)'],
        ['body', 'Order $(order) for $(name) ships on $(date)'],
        ['footer', 'no variables here'],
        ['offer', 'Ends $(end)'],
        ['button 1', 'reply "Stop"'],
        ['button 2', 'link "Track" https://shop.example.com/t/$(order)'],
        ['button 3', 'coupon "Copy" $(coupon)'],
        ['card 1 header', 'image https://cdn.example.com/$(image1)'],
        ['card 1 body', 'Only $(price1), $(name)'],
        ['card 1 button 1', 'link "Buy" https://shop.example.com/$(item1)'],
        ['card 2 header', 'image https://cdn.example.com/$(image2)'],
        ['card 2 body', 'Only $(price2), $(name)'],
        ['card 2 button 1', 'link "Buy" https://shop.example.com/$(item2)'],
      ].map(([part, left]) => ({ part, left, right: null })),
    );
  });
});
