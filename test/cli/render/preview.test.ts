import { describe, expect, it } from 'vitest';
import { renderPreview } from '../../../src/cli/render/preview.ts';
import { widthOf } from '../../../src/cli/render/wide-text.ts';
import type { RenderedMessage } from '../../../src/domain/rendered-message.ts';

const plain: RenderedMessage = { header: null, body: null, footer: null, offer: null, buttons: [], cards: [] };

const full: RenderedMessage = {
  header: { kind: 'text', text: 'Your order is on its way' },
  body: 'Hi *王芳*, order 4711 has left 🚚.\n\n您的包裹已经发出，请保持电话畅通。',
  footer: 'Reply STOP to opt out',
  offer: { text: 'Half price', expirationTimeMs: '1796083200000' },
  buttons: [
    { kind: 'url', label: 'Track', url: 'https://example.com/t/4711' },
    { kind: 'call', label: 'Call us', phoneNumber: '+861012345678' },
    { kind: 'copyCode', label: 'Copy', coupon: 'SAVE20' },
    { kind: 'quickReply', label: 'Thanks' },
    { kind: 'other', type: 'CATALOG', label: 'Shop' },
  ],
  cards: [],
};

describe('renderPreview', () => {
  it('draws the message as its reader sees it, with every line of the bubble as wide as the others', () => {
    const drawn = renderPreview(full, { width: 40 });
    expect(drawn).toBe(`╭──────────────────────────────────────╮
│ Your order is on its way             │
│                                      │
│ Hi *王芳*, order 4711 has left 🚚.   │
│                                      │
│ 您的包裹已经发出，请保持电话畅通。   │
│                                      │
│ Reply STOP to opt out                │
├──────────────────────────────────────┤
│ [offer] Half price, ends 2026-12-01  │
│ 00:00 UTC                            │
├──────────────────────────────────────┤
│ [link] Track:                        │
│ https://example.com/t/4711           │
│ [call] Call us: +861012345678        │
│ [copy] Copy: SAVE20                  │
│ [reply] Thanks                       │
│ [catalog] Shop                       │
╰──────────────────────────────────────╯`);
    expect(new Set(drawn.split('\n').map(widthOf))).toEqual(new Set([40]));
  });

  it('draws carousel cards one below the other', () => {
    const message: RenderedMessage = {
      ...plain,
      body: 'Our best',
      cards: [
        {
          header: { kind: 'media', format: 'image', url: 'https://e.com/1.png', fileName: null },
          body: 'Tea',
          buttons: [{ kind: 'quickReply', label: 'Buy' }],
        },
        {
          header: { kind: 'media', format: 'document', url: 'https://e.com/2', fileName: 'a.pdf' },
          body: null,
          buttons: [],
        },
      ],
    };
    expect(renderPreview(message, { width: 34 })).toBe(`╭────────────────────────────────╮
│ Our best                       │
╰────────────────────────────────╯
╭─ card 1 of 2 ──────────────────╮
│ [image] https://e.com/1.png    │
│                                │
│ Tea                            │
├────────────────────────────────┤
│ [reply] Buy                    │
╰────────────────────────────────╯
╭─ card 2 of 2 ──────────────────╮
│ [document] a.pdf               │
│ https://e.com/2                │
╰────────────────────────────────╯`);
  });

  it('shows an offer end that is no time as it is given', () => {
    const ends = ['soon', '99999999999999999'].map((expirationTimeMs) =>
      renderPreview({ ...plain, offer: { text: 'Sale', expirationTimeMs } }, { width: 60 }),
    );
    expect(ends[0]).toContain('[offer] Sale, ends "soon" ');
    expect(ends[1]).toContain('[offer] Sale, ends "99999999999999999" ');
  });

  it('makes the header bold and the footer dim where there is colour', () => {
    const drawn = renderPreview({ ...plain, header: full.header, footer: full.footer }, { width: 60, colour: true });
    expect(drawn).toContain('\u001B[1mYour order is on its way\u001B[22m');
    expect(drawn).toContain('\u001B[2mReply STOP to opt out\u001B[22m');
    expect(new Set(drawn.split('\n').map(widthOf))).toEqual(new Set([60]));
  });

  it('does not let the text of a row steer the terminal', () => {
    const drawn = renderPreview({ ...plain, body: 'a\u001B[2Jb' }, { width: 30 });
    expect(drawn).toContain('│ a␛[2Jb');
  });
});
