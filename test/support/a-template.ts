/** A small approved template, for tests that change one thing of it. */
import type { Template, TemplateCard } from '../../src/domain/template.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';

export function aTemplate(changes: Partial<Template> = {}): Template {
  return {
    code: 'order_shipped',
    name: 'order shipped',
    language: 'en',
    status: 'approved',
    statusWord: 'pass',
    reason: null,
    category: 'UTILITY',
    quality: 'GREEN',
    header: null,
    body: parseTemplateText('Hello $(name)'),
    footer: null,
    offer: null,
    buttons: [],
    cards: [],
    examples: {},
    unsupported: [],
    sms: null,
    ...changes,
  };
}

/** A template with a variable in every place that can hold one. */
export function aFullTemplate(): Template {
  const card = (number: number): TemplateCard => ({
    header: {
      kind: 'media',
      format: 'image',
      url: parseTemplateText(`https://cdn.example.com/$(image${number})`),
      fileName: null,
    },
    body: parseTemplateText(`Only $(price${number}), $(name)`),
    buttons: [{ kind: 'url', label: 'Buy', url: parseTemplateText(`https://shop.example.com/$(item${number})`) }],
  });
  return aTemplate({
    header: { kind: 'text', text: parseTemplateText('For $(name)') },
    body: parseTemplateText('Order $(order) for $(name) ships on $(date)'),
    footer: 'no variables here',
    offer: { text: parseTemplateText('Ends $(end)'), expirationTimeMs: parseTemplateText('$(expiry)') },
    buttons: [
      { kind: 'quickReply', label: 'Stop' },
      { kind: 'url', label: 'Track', url: parseTemplateText('https://shop.example.com/t/$(order)') },
      { kind: 'copyCode', label: 'Copy', coupon: parseTemplateText('$(coupon)') },
    ],
    cards: [card(1), card(2)],
  });
}
