import { describe, expect, it } from 'vitest';
import { checkDraft } from '../../src/domain/check-draft.ts';
import type { DraftButton, TemplateDraft } from '../../src/domain/template-draft.ts';
import {
  aCard,
  aDraft,
  anAuthenticationDraft,
  callUs,
  coupon,
  oneTap,
  quickReply,
  shopLink,
} from '../support/a-draft.ts';

/** `path: message`, with a mark for what is only a warning. */
function problemsOf(draft: TemplateDraft): string[] {
  return checkDraft(draft).map(
    ({ severity, path, message }) => `${severity === 'warning' ? '(warning) ' : ''}${path.join('.')}: ${message}`,
  );
}

function body(text: string): Pick<TemplateDraft, 'body'> {
  return { body: { text, addSecretRecommendation: null } };
}

function marketing(changes: Partial<TemplateDraft>): TemplateDraft {
  return aDraft({ category: 'MARKETING', ...changes });
}

const media = (changes: object) =>
  ({
    header: {
      kind: 'media',
      format: 'image',
      url: 'https://shop.example.com/a.jpg',
      fileName: null,
      caption: null,
      ...changes,
    },
  }) as const;

type Case = readonly [name: string, draft: TemplateDraft, problems: readonly string[]];

const sentence = 'Hi $(name), welcome.';

describe('a draft without problems', () => {
  it.each<readonly [string, TemplateDraft]>([
    ['of plain text', aDraft()],
    ['with a name of 512 characters', aDraft({ name: 'a'.repeat(512) })],
    ['whose body has 1,024 characters', aDraft(body(sentence.padEnd(1024, '.')))],
    [
      'with a header and a footer of 60',
      aDraft({
        header: { kind: 'text', text: 'h'.repeat(60) },
        footer: { text: 'f'.repeat(60), codeExpirationMinutes: null },
      }),
    ],
    ['with a variable in the header', aDraft({ header: { kind: 'text', text: 'For $(name)' } })],
    ['with a picture', aDraft(media({}))],
    ['with a document and its name', aDraft(media({ format: 'document', fileName: 'invoice.pdf' }))],
    [
      'with a video from a variable',
      aDraft({
        ...media({ format: 'video', url: '$(film)' }),
        examples: { name: 'Ann', film: 'https://shop.example.com/a.mp4' },
      }),
    ],
    ['with ten quick replies', aDraft({ buttons: Array.from({ length: 10 }, () => quickReply) })],
    ['with one call and two links', aDraft({ buttons: [callUs, shopLink, shopLink] })],
    [
      'with a link that ends in a variable',
      aDraft({ buttons: [{ ...shopLink, url: 'https://shop.example.com/$(name)' }] }),
    ],
    ['with a coupon code', marketing({ buttons: [coupon] })],
    [
      'with a coupon variable',
      marketing({
        buttons: [{ type: 'COPY_CODE', text: null, couponCode: '$(code)' }],
        examples: { name: 'Ann', code: 'A20' },
      }),
    ],
    ['with an opt-out', marketing({ buttons: [{ type: 'QUICK_REPLY', text: 'Stop', isOptOut: true }] })],
    ['with a catalogue', marketing({ buttons: [{ type: 'CATALOG', text: 'View' }] })],
    ['with several products', marketing({ buttons: [{ type: 'MPM', text: 'View items' }] })],
    [
      'with a flow that exchanges data',
      aDraft({
        buttons: [{ type: 'FLOW', text: 'Book', flowId: '1', flowAction: 'DATA_EXCHANGE', navigateScreen: null }],
      }),
    ],
    [
      'with a flow that goes to a screen',
      aDraft({
        buttons: [{ type: 'FLOW', text: 'Book', flowId: '1', flowAction: 'NAVIGATE', navigateScreen: 'DETAILS' }],
      }),
    ],
    [
      'with an offer that begins with its coupon',
      marketing({ offer: { text: 'Ends soon', hasExpiration: true }, buttons: [coupon, shopLink] }),
    ],
    [
      'with an offer that begins with a link',
      marketing({ offer: { text: 'Ends soon', hasExpiration: false }, buttons: [shopLink] }),
    ],
    ['with two cards', marketing({ cards: [aCard(), aCard()] })],
    ['with ten cards', marketing({ cards: Array.from({ length: 10 }, () => aCard()) })],
    ['of an authentication', anAuthenticationDraft()],
    ['of an authentication with one tap', anAuthenticationDraft({ buttons: [oneTap] })],
    ['of an authentication without a tap', anAuthenticationDraft({ buttons: [{ ...oneTap, type: 'ZERO_TAP' }] })],
    [
      'of an authentication with nothing but a button',
      anAuthenticationDraft({ body: null, footer: null, messageSendTtlSeconds: null }),
    ],
  ])('is one %s', (_name, draft) => {
    expect(problemsOf(draft)).toEqual([]);
  });
});

describe('names and languages', () => {
  it.each<Case>([
    ['capitals', aDraft({ name: 'Order-Update!' }), ['name: "Order-Update!" is no name for a template']],
    ['blanks alone', aDraft({ name: ' ' }), ['name: " " is no name for a template']],
    ['513 characters', aDraft({ name: 'a'.repeat(513) }), ['name: the name has 513 characters, and may have 512']],
    ['a language of no kind', aDraft({ language: 'english' }), ['language: no language "english"']],
    ['a language in the wrong case', aDraft({ language: 'zh_cn' }), ['language: no language "zh_cn"']],
    [
      'a regional form beyond the list',
      aDraft({ language: 'en_AU' }),
      ['(warning) language: "en_AU" is not on the service\'s list of languages'],
    ],
  ])('are told with %s', (_name, draft, problems) => {
    expect(problemsOf(draft)).toEqual(problems);
  });

  it('are mended in the hint', () => {
    expect(checkDraft(aDraft({ name: 'Order-Update!', language: 'zh-cn' })).map(({ hint }) => hint)).toEqual([
      'use small letters, digits and underscores: order_update',
      'did you mean "zh_CN"?',
    ]);
  });
});

describe('texts', () => {
  const header = (text: string) => aDraft({ header: { kind: 'text', text } });
  const footer = (text: string) => aDraft({ footer: { text, codeExpirationMinutes: null } });
  it.each<Case>([
    ['no body', aDraft({ body: null, examples: {} }), ['body: the template has no body']],
    ['a blank body', aDraft({ ...body(' '), examples: {} }), ['body: the body is blank']],
    [
      'a body of 1,025',
      aDraft(body(sentence.padEnd(1025, '.'))),
      ['body: the body has 1025 characters, and may have 1024'],
    ],
    [
      'a body that fits only without its example',
      aDraft({ ...body(sentence.padEnd(1024, '.')), examples: { name: 'Annabella' } }),
      ['examples.name: the body with its example has 1026 characters, and may have 1024'],
    ],
    [
      'a body of 601 with an offer',
      marketing({
        ...body(sentence.padEnd(601, '.')),
        offer: { text: 'Soon', hasExpiration: false },
        buttons: [coupon],
      }),
      ['body: the body has 601 characters, and may have 600'],
    ],
    ['a header of 61', header('h'.repeat(61)), ['header: the header has 61 characters, and may have 60']],
    ['a header of two lines', header('a\nb'), ['header: the header has a line break']],
    [
      'two variables in the header',
      header('For $(name) $(name)'),
      ['header: the header has 2 variables, and may have one'],
    ],
    ['a footer of 61', footer('f'.repeat(61)), ['footer: the footer has 61 characters, and may have 60']],
    ['a variable in the footer', footer('By $(name)'), ['footer: the footer has the variable "$(name)"']],
    ['digits in braces', aDraft({ ...body('Hi {{1}}, welcome.'), examples: {} }), ['body: the body has "{{1}}"']],
    [
      'a name in braces',
      aDraft({ ...body('Hi {{ name }}, welcome.'), examples: {} }),
      ['body: the body has "{{ name }}"'],
    ],
    [
      'a variable without a name',
      aDraft({ ...body('Hi $(), welcome.'), examples: {} }),
      ['body: the body has a variable without a name'],
    ],
    [
      'a variable that does not close',
      aDraft({ ...body('Hi $(name'), examples: {} }),
      ['body: the body has "$(name", which does not close'],
    ],
    [
      'a variable with a blank in its name',
      aDraft({ ...body('Hi $(first name), welcome.'), examples: { 'first name': 'Ann' } }),
      ['body: "$(first name)" is no name for a variable'],
    ],
    [
      'variables at both ends',
      aDraft(body('$(name) and $(name)')),
      ['(warning) body: the text begins with "$(name)"', '(warning) body: the text ends with "$(name)"'],
    ],
    [
      'variables side by side',
      aDraft(body('Hi $(name)$(name)!')),
      ['(warning) body: another variable follows "$(name)" at once'],
    ],
    [
      'a file name for a picture',
      aDraft(media({ fileName: 'a.jpg' })),
      ['header.fileName: fileName belongs to a document, and this is image'],
    ],
    [
      'a picture that is not public',
      aDraft(media({ url: 'http://localhost/a.jpg' })),
      ['header: the media link is not an https address'],
    ],
    [
      'two variables in a media link',
      aDraft({ ...media({ url: '$(a)/$(b)' }), examples: { name: 'Ann', a: 'https://shop.example.com', b: 'a.jpg' } }),
      ['header.url: the media link has 2 variables, and may have one'],
    ],
  ])('are told with %s', (_name, draft, problems) => {
    expect(problemsOf(draft)).toEqual(problems);
  });

  it('are spelt right in the hint', () => {
    expect(checkDraft(aDraft({ ...body('Hi {{1}}, welcome.'), examples: {} }))).toMatchObject([
      { hint: 'a variable is written $(1)' },
    ]);
  });
});

describe('buttons', () => {
  const flow: DraftButton = { type: 'FLOW', text: 'Book', flowId: '1', flowAction: 'NAVIGATE', navigateScreen: null };
  const link = (url: string, examples = {}) =>
    aDraft({ buttons: [{ type: 'URL', text: 'Shop', url }], examples: { name: 'Ann', ...examples } });
  const code = (couponCode: string) => marketing({ buttons: [{ type: 'COPY_CODE', text: null, couponCode }] });
  it.each<Case>([
    [
      'eleven of them',
      aDraft({ buttons: Array.from({ length: 11 }, () => quickReply) }),
      ['buttons.10: a template has at most 10 buttons, and this is number 11'],
    ],
    ['two calls', aDraft({ buttons: [callUs, callUs] }), ['buttons.1: a template has at most one PHONE_NUMBER button']],
    [
      'three links',
      aDraft({ buttons: [shopLink, shopLink, shopLink] }),
      ['buttons.2: a template has at most two URL buttons'],
    ],
    [
      'two coupons',
      marketing({ buttons: [coupon, coupon] }),
      ['buttons.1: a template has at most one COPY_CODE button'],
    ],
    [
      'a reply beside a link',
      aDraft({ buttons: [shopLink, quickReply] }),
      ['buttons.1: a QUICK_REPLY button stands beside a URL button'],
    ],
    [
      'a reply beside a call',
      aDraft({ buttons: [quickReply, callUs] }),
      ['buttons.0: a QUICK_REPLY button stands beside a PHONE_NUMBER button'],
    ],
    [
      'a catalogue beside a coupon',
      marketing({ buttons: [coupon, { type: 'CATALOG', text: 'View' }] }),
      ['buttons.1: a CATALOG button stands beside others'],
    ],
    [
      'a catalogue in a utility template',
      aDraft({ buttons: [{ type: 'MPM', text: 'View' }] }),
      ['buttons.0.type: MPM belongs to a MARKETING template'],
    ],
    [
      'a long label',
      aDraft({ buttons: [{ ...quickReply, text: 'x'.repeat(26) }] }),
      ['buttons.0.text: the label of the button has 26 characters, and may have 25'],
    ],
    [
      'a variable in a label',
      aDraft({ buttons: [{ ...quickReply, text: '$(name)' }] }),
      ['buttons.0.text: the label of the button has the variable "$(name)"'],
    ],
    [
      'two variables in a link',
      link('https://shop.example.com/$(a)/$(b)', { a: '1', b: '2' }),
      ['buttons.0.url: the link has 2 variables, and may have one'],
    ],
    [
      'a variable within a link',
      link('https://shop.example.com/$(a)/x', { a: '1' }),
      ['buttons.0.url: "$(a)" stands within the link'],
    ],
    [
      'a link of a variable alone',
      link('$(a)', { a: 'https://shop.example.com' }),
      ['buttons.0.url: the link is nothing but a variable'],
    ],
    ['a link of no kind', link('shop'), ['buttons.0.url: the link of button 1 is not a link']],
    [
      'a link of 2,001 characters',
      link(`https://shop.example.com/${'x'.repeat(1976)}`),
      ['buttons.0.url: the link has 2001 characters, and may have 2000'],
    ],
    [
      'a number that is none',
      aDraft({ buttons: [{ ...callUs, phoneNumber: '0800' }] }),
      ['buttons.0.phoneNumber: "0800" is not a telephone number'],
    ],
    [
      'a coupon with a dash',
      code('SAVE-20'),
      ['buttons.0.couponCode: the coupon code "SAVE-20" is neither letters and digits nor one variable'],
    ],
    [
      'a coupon of text and a variable',
      marketing({ buttons: [{ type: 'COPY_CODE', text: null, couponCode: 'A$(name)' }] }),
      ['buttons.0.couponCode: the coupon code "A$(name)" is neither letters and digits nor one variable'],
    ],
    [
      'a coupon without a code',
      marketing({ buttons: [{ type: 'COPY_CODE', text: 'Copy', couponCode: null }] }),
      ['buttons.0: the COPY_CODE button has no couponCode'],
    ],
    [
      'a coupon in a utility template',
      aDraft({ buttons: [coupon] }),
      ['(warning) buttons.0.type: a coupon in a UTILITY template'],
    ],
    [
      'a flow without its screen',
      aDraft({ buttons: [flow] }),
      ['buttons.0.flowAction: NAVIGATE does not say where to'],
    ],
    [
      'one tap outside authentication',
      aDraft({ buttons: [oneTap] }),
      ['buttons.0.type: ONE_TAP belongs to an AUTHENTICATION template'],
    ],
    [
      'an opt-out outside marketing',
      aDraft({ buttons: [{ type: 'QUICK_REPLY', text: 'Stop', isOptOut: true }] }),
      ['buttons.0.isOptOut: isOptOut has no effect in a UTILITY template'],
    ],
  ])('are told with %s', (_name, draft, problems) => {
    expect(problemsOf(draft)).toEqual(problems);
  });
});

describe('an authentication template', () => {
  it.each<Case>([
    [
      'a header',
      anAuthenticationDraft({ header: { kind: 'text', text: 'Hi' } }),
      ['header: an AUTHENTICATION template has no header'],
    ],
    [
      'a body text',
      anAuthenticationDraft(body('Your code')),
      ['body: an AUTHENTICATION template has no body text of its own'],
    ],
    [
      'a footer text',
      anAuthenticationDraft({ footer: { text: 'Bye', codeExpirationMinutes: null } }),
      ['footer: an AUTHENTICATION template has no footer text of its own'],
    ],
    [
      'an offer',
      anAuthenticationDraft({ offer: { text: 'Soon', hasExpiration: false } }),
      ['offer: an AUTHENTICATION template has no offer'],
    ],
    ['cards', anAuthenticationDraft({ cards: [aCard()] }), ['cards: an AUTHENTICATION template has no cards']],
    ['no button', anAuthenticationDraft({ buttons: [] }), ['buttons: an AUTHENTICATION template needs a button']],
    [
      'two buttons',
      anAuthenticationDraft({ buttons: [oneTap, oneTap] }),
      ['buttons.1: an AUTHENTICATION template has one button'],
    ],
    [
      'a reply',
      anAuthenticationDraft({ buttons: [quickReply] }),
      ['buttons.0.type: an AUTHENTICATION template has no QUICK_REPLY button'],
    ],
    [
      'a button without a text',
      anAuthenticationDraft({ buttons: [{ type: 'COPY_CODE', text: null, couponCode: null }] }),
      ['buttons.0: the COPY_CODE button has no text'],
    ],
    [
      'a coupon code',
      anAuthenticationDraft({ buttons: [coupon] }),
      ['buttons.0.couponCode: the button copies the code of the message'],
    ],
  ])('is told with %s', (_name, draft, problems) => {
    expect(problemsOf(draft)).toEqual(problems);
  });

  it('keeps its own fields to itself', () => {
    const draft = aDraft({
      body: { text: sentence, addSecretRecommendation: true },
      footer: { text: 'Bye', codeExpirationMinutes: 5 },
      messageSendTtlSeconds: 60,
    });
    expect(problemsOf(draft)).toEqual([
      'body.addSecretRecommendation: addSecretRecommendation belongs to an AUTHENTICATION template, and this is UTILITY',
      'footer.codeExpirationMinutes: codeExpirationMinutes belongs to an AUTHENTICATION template, and this is UTILITY',
      'messageSendTtlSeconds: messageSendTtlSeconds belongs to an AUTHENTICATION template, and this is UTILITY',
    ]);
  });
});

describe('offers and carousels', () => {
  const offer = { text: 'Ends soon', hasExpiration: false };
  it.each<Case>([
    [
      'an offer of 17 characters',
      marketing({ offer: { ...offer, text: 'x'.repeat(17) }, buttons: [coupon] }),
      ['offer: the offer has 17 characters, and may have 16'],
    ],
    [
      'an offer outside marketing',
      aDraft({ offer, buttons: [shopLink] }),
      ['offer: an offer belongs to a MARKETING template, and this is UTILITY'],
    ],
    [
      'an offer with a footer',
      marketing({ offer, buttons: [coupon], footer: { text: 'Bye', codeExpirationMinutes: null } }),
      ['footer: a template with an offer has no footer'],
    ],
    [
      'a coupon below a link',
      marketing({ offer, buttons: [shopLink, coupon] }),
      ['buttons.1: the coupon of an offer stands below another button'],
    ],
    ['an offer without buttons', marketing({ offer }), ['buttons: an offer begins with a coupon or a link']],
    ['one card', marketing({ cards: [aCard()] }), ['cards: a carousel has 2 to 10 cards, and this has 1']],
    [
      'eleven cards',
      marketing({ cards: Array.from({ length: 11 }, () => aCard()) }),
      ['cards: a carousel has 2 to 10 cards, and this has 11'],
    ],
    [
      'a card without a picture',
      marketing({ cards: [aCard(), aCard({ header: null })] }),
      ['cards.1.header: a card begins with an image or a video'],
    ],
    [
      'a card with a film among pictures',
      marketing({ cards: [aCard(), aCard(media({ format: 'video' }))] }),
      ['cards.1.header.format: card 2 begins with video, and card 1 with image'],
    ],
    [
      'a card of 161 characters',
      marketing({ cards: [aCard(), aCard({ body: 'x'.repeat(161) })] }),
      ['cards.1.body: the body of the card has 161 characters, and may have 160'],
    ],
    [
      'cards with three buttons',
      marketing({
        cards: [
          aCard({ buttons: [shopLink, shopLink, quickReply] }),
          aCard({ buttons: [shopLink, shopLink, quickReply] }),
        ],
      }),
      [
        'cards.0.buttons.2: a card has at most 2 buttons, and this is number 3',
        'cards.1.buttons.2: a card has at most 2 buttons, and this is number 3',
      ],
    ],
    [
      'cards with other buttons',
      marketing({ cards: [aCard(), aCard({ buttons: [shopLink] })] }),
      ['cards.1.buttons: card 2 has other buttons than card 1'],
    ],
    [
      'a coupon on a card',
      marketing({ cards: [aCard({ buttons: [coupon] }), aCard({ buttons: [coupon] })] }),
      [
        'cards.0.buttons.0.type: a card has no COPY_CODE button',
        'cards.1.buttons.0.type: a card has no COPY_CODE button',
      ],
    ],
  ])('are told with %s', (_name, draft, problems) => {
    expect(problemsOf(draft)).toEqual(problems);
  });
});

describe('examples', () => {
  it.each<Case>([
    ['one missing', aDraft({ examples: {} }), ['examples: "$(name)" in the body has no example']],
    [
      'one too many',
      aDraft({ examples: { name: 'Ann', nmae: 'Bo' } }),
      ['examples.nmae: no variable "$(nmae)" in the template'],
    ],
    ['a blank one', aDraft({ examples: { name: ' ' } }), ['examples.name: the example of "$(name)" is blank']],
    [
      'a line break',
      aDraft({ examples: { name: 'Ann\nBo' } }),
      ['examples.name: the example of "$(name)" has a line break or a tab'],
    ],
    [
      'five blanks',
      aDraft({ examples: { name: 'Ann     Bo' } }),
      ['examples.name: the example of "$(name)" has more than four blanks in a row'],
    ],
    [
      'a picture that is no link',
      aDraft({ ...media({ url: '$(image)' }), examples: { name: 'Ann', image: 'hat.jpg' } }),
      ['examples.image: the media link with its example is not a link'],
    ],
    [
      'a coupon with a dash',
      marketing({
        buttons: [{ type: 'COPY_CODE', text: null, couponCode: '$(code)' }],
        examples: { name: 'Ann', code: 'A-1' },
      }),
      ['examples.code: the coupon code with its example has "-" in it'],
    ],
  ])('are told with %s', (_name, draft, problems) => {
    expect(problemsOf(draft)).toEqual(problems);
  });
});
