import { describe, expect, it } from 'vitest';
import { canonicalDetail } from '../../../../src/adapters/providers/cams/canonical-detail.ts';
import {
  parseTemplateDetail,
  templateDetailSchema,
} from '../../../../src/adapters/providers/cams/parse-template-detail.ts';
import type { Template, TemplateText } from '../../../../src/domain/template.ts';
import { parseTemplateText } from '../../../../src/domain/template-text.ts';
import { detail } from './details.ts';

const text: (raw: string) => TemplateText = parseTemplateText;

function parse(fields: Readonly<Record<string, unknown>>): Template {
  return parseTemplateDetail(templateDetailSchema.parse(detail(fields)));
}

describe('parseTemplateDetail', () => {
  it('reads a template with every part of a plain message', () => {
    expect(
      parse({
        Reason: 'none',
        Example: { name: 'Ann', count: 3, place: { toString: 0 }, constructor: null },
        Components: [
          { Type: 'HEADER', Format: 'TEXT', Text: 'Order $(order)' },
          { Type: 'BODY', Text: 'Hi $(name)' },
          { Type: 'FOOTER', Text: 'Reply STOP to leave' },
          {
            Type: 'BUTTONS',
            Buttons: [
              { Type: 'URL', Text: 'Track', Url: 'https://a.example/$(code)', UrlType: 'dynamic' },
              { Type: 'URL', Text: 'Shop', Url: 'https://a.example/', UrlType: 'static' },
              { Type: 'PHONE_NUMBER', Text: 'Call us', PhoneNumber: '+8613800000000' },
              { Type: 'QUICK_REPLY', Text: 'Thanks' },
              { Type: 'COPY_CODE', Text: 'Copy', CouponCode: '$(coupon)' },
              { Type: 'FLOW', Text: 'Begin', FlowId: '1', FlowAction: 'NAVIGATE' },
              { Type: 'CATALOG', Text: 'See all' },
            ],
          },
        ],
      }),
    ).toEqual({
      code: 'order_shipped',
      name: 'Order shipped',
      language: 'en',
      status: 'approved',
      statusWord: 'pass',
      reason: 'none',
      category: 'UTILITY',
      quality: 'GREEN',
      header: { kind: 'text', text: text('Order $(order)') },
      body: text('Hi $(name)'),
      footer: 'Reply STOP to leave',
      offer: null,
      buttons: [
        { kind: 'url', label: 'Track', url: text('https://a.example/$(code)') },
        { kind: 'url', label: 'Shop', url: text('https://a.example/') },
        { kind: 'call', label: 'Call us', phoneNumber: '+8613800000000' },
        { kind: 'quickReply', label: 'Thanks' },
        { kind: 'copyCode', label: 'Copy', coupon: text('$(coupon)') },
        { kind: 'other', type: 'FLOW', label: 'Begin' },
        { kind: 'other', type: 'CATALOG', label: 'See all' },
      ],
      cards: [],
      examples: { name: 'Ann', count: '3' },
      unsupported: [],
      sms: null,
    } satisfies Template);
  });

  it.each([
    ['IMAGE', 'image', undefined, null],
    ['VIDEO', 'video', '', null],
    ['DOCUMENT', 'document', 'invoice.pdf', 'invoice.pdf'],
  ])('reads a header of format %s with a link', (Format, format, FileName, fileName) => {
    const { header, unsupported } = parse({
      Components: [{ Type: 'HEADER', Format, Url: 'https://a.example/$(file)', FileName }],
    });
    expect(header).toEqual({ kind: 'media', format, url: text('https://a.example/$(file)'), fileName });
    expect(unsupported).toEqual([]);
  });

  it('reads a carousel card by card', () => {
    const card = (n: number) => ({
      CardComponents: [
        { Type: 'HEADER', Format: 'IMAGE', Url: `$(picture${n})` },
        { Type: 'BODY', Text: `Item $(item${n})` },
        { Type: 'BUTTONS', Buttons: [{ Type: 'URL', Text: 'Buy', Url: `https://a.example/$(path${n})` }] },
      ],
    });
    const { cards, unsupported } = parse({
      Components: [
        { Type: 'BODY', Text: 'Look' },
        { Type: 'CAROUSEL', Cards: [card(1), card(2), { CardComponents: [{ Type: 'BODY', Text: 'End' }] }] },
      ],
    });
    expect(cards).toEqual([
      ...[1, 2].map((n) => ({
        header: { kind: 'media', format: 'image', url: text(`$(picture${n})`), fileName: null },
        body: text(`Item $(item${n})`),
        buttons: [{ kind: 'url', label: 'Buy', url: text(`https://a.example/$(path${n})`) }],
      })),
      { header: null, body: text('End'), buttons: [] },
    ]);
    expect(unsupported).toEqual([]);
  });

  it.each([
    [{ Text: 'Ends soon', OfferExpirationTimeMs: '$(until)', hasExpiration: true }, text('$(until)')],
    [{ Text: 'Ends soon', OfferExpirationTimeMs: 1796083200000 }, text('1796083200000')],
    [{ Text: 'Ends soon' }, null],
  ])('reads a limited time offer %#', (fields, expirationTimeMs) => {
    const { offer } = parse({ Components: [{ Type: 'LIMITED_TIME_OFFER', ...fields }] });
    expect(offer).toEqual({ text: text('Ends soon'), expirationTimeMs });
  });

  it.each([
    ['pass', undefined, 'approved', 'pass'],
    ['fail', undefined, 'rejected', 'fail'],
    ['auditing', undefined, 'pending', 'auditing'],
    ['unaudit', undefined, 'pending', 'unaudit'],
    ['PAUSED', undefined, 'paused', 'PAUSED'],
    ['Disabled', undefined, 'disabled', 'Disabled'],
    ['in_appeal', undefined, 'unknown', 'in_appeal'],
    [undefined, undefined, 'unknown', ''],
    ['pass', true, 'approved', 'pass'],
    ['pass', false, 'disabled', 'AllowSend=false'],
    ['fail', false, 'rejected', 'fail'],
  ])('reads the review word %s with AllowSend %s as %s', (AuditStatus, AllowSend, status, statusWord) => {
    expect(parse({ AuditStatus, AllowSend })).toMatchObject({ status, statusWord });
  });

  it('takes a detail with hardly anything in it', () => {
    const sparse = templateDetailSchema.parse({ TemplateCode: 't', Language: 'en', Components: null, Reason: '' });
    expect(parseTemplateDetail(sparse)).toMatchObject({
      code: 't',
      name: 't',
      status: 'unknown',
      reason: null,
      category: null,
      quality: null,
      body: null,
      buttons: [],
      unsupported: [],
    });
  });

  describe('names what it has no place for:', () => {
    it.each<[string, readonly unknown[], readonly string[]]>([
      ['a component', [{ Type: 'CALL_PERMISSION' }], ['CALL_PERMISSION']],
      ['a header with a place', [{ Type: 'HEADER', Format: 'LOCATION', Latitude: '1' }], ['HEADER LOCATION']],
      ['a picture without a link', [{ Type: 'HEADER', Format: 'IMAGE' }], ['HEADER IMAGE']],
      [
        'a part of a card, once',
        [{ Type: 'CAROUSEL', Cards: [1, 2].map(() => ({ CardComponents: [{ Type: 'FOOTER', Text: 'x' }] })) }],
        ['CAROUSEL FOOTER'],
      ],
      [
        'variables where none can be filled',
        [
          { Type: 'BODY', Text: '$(a)' },
          { Type: 'FOOTER', Text: '$(a) $(b)' },
          { Type: 'HEADER', Format: 'VIDEO', Url: 'https://a.example/', Caption: '$(c)' },
          { Type: 'BUTTONS', Buttons: [{ Type: 'QUICK_REPLY', Text: '$(d)' }] },
        ],
        ['$(b)', '$(c)', '$(d)'],
      ],
    ])('%s', (_name, Components, unsupported) => {
      expect(parse({ Components }).unsupported).toEqual(unsupported);
    });
  });

  describe('with an authentication template', () => {
    const buttons = {
      Type: 'BUTTONS',
      Buttons: [{ Type: 'ONE_TAP', Text: 'Copy', AutofillText: 'Fill in', PackageName: 'com.example' }],
    };

    it('takes the name of the code from the text that the service wrote', () => {
      const template = parse({
        Category: 'AUTHENTICATION',
        Components: [
          { Type: 'BODY', Text: '$(code) is your code.', AddSecretRecommendation: true },
          { Type: 'FOOTER', CodeExpirationMinutes: 5 },
          buttons,
        ],
      });
      expect(template).toMatchObject({
        body: text('$(code) is your code.'),
        footer: null,
        buttons: [{ kind: 'other', type: 'ONE_TAP', label: 'Copy' }],
        unsupported: [],
      });
    });

    it('does not guess the name of the code where the service gives no text', () => {
      const Components = [
        { Type: 'BODY', Text: '' },
        { Type: 'BUTTONS', Buttons: [{ Type: 'COPY_CODE', Text: 'Copy' }] },
      ];
      expect(parse({ Category: 'AUTHENTICATION', Components })).toMatchObject({
        body: null,
        buttons: [{ kind: 'other', type: 'COPY_CODE', label: 'Copy' }],
        unsupported: ['AUTHENTICATION without a named variable'],
      });
    });
  });
});

describe('canonicalDetail', () => {
  const plain = canonicalDetail(detail());

  it('stays the same when only what changes by itself has changed', () => {
    expect(canonicalDetail(detail({ QualityScore: 'RED', LastUpdateTime: 1, CategoryChangePaused: true }))).toBe(plain);
    const reordered = Object.fromEntries(Object.entries(detail()).reverse());
    expect(canonicalDetail(reordered)).toBe(plain);
  });

  it.each([
    ['the words', { Components: [{ Type: 'BODY', Text: 'Bye $(name)' }] }],
    ['the review', { AuditStatus: 'fail' }],
    ['the switch', { AllowSend: false }],
    ['a field nobody knows yet', { Novelty: 1 }],
  ])('changes with %s', (_name, fields) => {
    expect(canonicalDetail(detail(fields))).not.toBe(plain);
  });

  const header = (Url: string) => canonicalDetail(detail({ Components: [{ Type: 'HEADER', Format: 'IMAGE', Url }] }));

  it('knows a file again whose link was signed anew', () => {
    const first = header('https://a.example/p.png?v=$(v)&Expires=1&OSSAccessKeyId=a&Signature=b%3D');
    expect(header('https://a.example/p.png?v=$(v)&Expires=2&OSSAccessKeyId=c&Signature=d')).toBe(first);
    expect(header('https://a.example/p.png?v=$(v)')).toBe(first);
    expect(header('https://a.example/q.png?v=$(v)&Expires=1&OSSAccessKeyId=a&Signature=b%3D')).not.toBe(first);
    expect(header('https://a.example/p.png?v=$(w)')).not.toBe(first);
    expect(header('https://a.example/p.png?Expires=1')).toBe(header('https://a.example/p.png'));
  });
});
