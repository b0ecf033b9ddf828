import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { checkContent } from '../../../src/domain/session/check-content.ts';
import { withAt } from '../../support/edit-json.ts';
import { carouselExamples, interactiveExamples } from '../../support/session-examples.ts';

type Kind = keyof typeof interactiveExamples;

const examples: Readonly<Record<string, JsonObject>> = {
  ...interactiveExamples,
  'carousel of replies': carouselExamples.replies,
  'carousel of products': carouselExamples.products,
};

function exampleOf(kind: string): JsonObject {
  const example = examples[kind];
  if (example === undefined) throw new Error(`no example of ${kind}`);
  return example;
}

/** `CODE path`, with a mark for what is only a warning. */
function problemsOf(content: JsonObject): string[] {
  return checkContent('whatsapp', 'interactive', content).map(({ code, path, severity }) =>
    `${severity === 'warning' ? '(warning) ' : ''}${code} ${path}`.trim(),
  );
}

describe('an interactive message', () => {
  it.each(Object.entries(examples))('of type %s has no problem', (_, content) => {
    expect(checkContent('whatsapp', 'interactive', content)).toEqual([]);
  });

  it('of a type like a known one is told', () => {
    expect(checkContent('whatsapp', 'interactive', withAt(interactiveExamples.button, 'type', 'buttons'))).toEqual([
      {
        code: 'CONTENT_VALUE_INVALID',
        path: 'type',
        severity: 'error',
        value: 'buttons',
        message: 'type "buttons" is not a type that sendoff can check',
        hint: 'did you mean "button"?',
      },
    ]);
  });

  it('of a type that may be new is a warning, its footer still checked', () => {
    const content = {
      type: 'order_details',
      body: { text: 'Hi' },
      footer: { text: 'f'.repeat(61) },
      action: { name: 'x' },
    };
    expect(problemsOf(content)).toEqual(['(warning) CONTENT_VALUE_INVALID type', 'CONTENT_TOO_LONG footer.text']);
  });

  it('of such a type needs an action all the same', () => {
    expect(problemsOf({ type: 'order_details', action: {} })).toContain('CONTENT_VALUE_INVALID action');
    expect(problemsOf({ type: 'order_details' })).toContain('CONTENT_KEY_MISSING action');
  });

  it('whose type is no text is told', () => {
    expect(problemsOf(withAt(interactiveExamples.button, 'type', 1))).toEqual(['CONTENT_VALUE_INVALID type']);
  });
});

describe('a required key of an interactive message', () => {
  it.each<readonly [string, readonly string[]]>([
    [
      'button',
      [
        ...['body', 'body.text', 'header.type', 'header.text', 'footer.text', 'action.buttons'],
        ...['action.buttons[1].type', 'action.buttons[1].reply', 'action.buttons[1].reply.id'],
        'action.buttons[1].reply.title',
      ],
    ],
    [
      'list',
      [
        ...['body', 'action.button', 'action.sections', 'action.sections[1].rows', 'action.sections[1].title'],
        ...['action.sections[0].rows[0].id', 'action.sections[0].rows[0].title'],
      ],
    ],
    ['product', ['action.catalog_id', 'action.product_retailer_id']],
    [
      'product_list',
      [
        ...['header', 'body', 'action.catalog_id', 'action.sections', 'action.sections[0].product_items'],
        ...['action.sections[0].title', 'action.sections[0].product_items[1].product_retailer_id'],
      ],
    ],
    ['catalog_message', ['body', 'action.name', 'action.parameters.thumbnail_product_retailer_id']],
    [
      'cta_url',
      [
        ...['body', 'header.image', 'header.image.link', 'action.name', 'action.parameters'],
        ...['action.parameters.display_text', 'action.parameters.url'],
      ],
    ],
    [
      'flow',
      [
        ...['body', 'action.name', 'action.parameters', 'action.parameters.flow_message_version'],
        ...['action.parameters.flow_cta', 'action.parameters.flow_id'],
      ],
    ],
    ['location_request_message', ['body', 'action.name']],
    ['address_message', ['body', 'action.name', 'action.parameters', 'action.parameters.country']],
    ['call_permission_request', ['action.name']],
    ['voice_call', ['body', 'action.name']],
    [
      'carousel',
      [
        ...['body', 'action.cards', 'action.cards[1].card_index', 'action.cards[1].header'],
        ...['action.cards[1].action', 'action.cards[1].action.parameters.url'],
      ],
    ],
    [
      'carousel of replies',
      ['action.cards[0].action.buttons[0].type', 'action.cards[0].action.buttons[0].quick_reply.id'],
    ],
    ['carousel of products', ['action.cards[0].action.product_retailer_id']],
  ])('of type %s may not be missing', (kind, paths) => {
    for (const path of paths) {
      const problems = checkContent('whatsapp', 'interactive', withAt(exampleOf(kind), path, undefined));
      expect(problems, path).toMatchObject([{ code: 'CONTENT_KEY_MISSING', path, severity: 'error', value: null }]);
    }
  });

  it('may be named in the hint as Meta spells it', () => {
    const content = withAt(interactiveExamples.product, 'action', { catalogId: '1', product_retailer_id: 'hat' });
    expect(checkContent('whatsapp', 'interactive', content)[0]).toMatchObject({
      path: 'action.catalog_id',
      hint: 'rename "catalogId" to "catalog_id"',
    });
  });
});

describe('a bound of a text of an interactive message', () => {
  it.each<readonly [string, string, number, 'error' | 'warning']>([
    ['button', 'header.text', 60, 'error'],
    ['button', 'body.text', 1024, 'error'],
    ['button', 'footer.text', 60, 'error'],
    ['button', 'action.buttons[0].reply.title', 20, 'error'],
    ['button', 'action.buttons[0].reply.id', 256, 'error'],
    ['list', 'header.text', 60, 'error'],
    ['list', 'body.text', 4096, 'error'],
    ['list', 'footer.text', 60, 'error'],
    ['list', 'action.button', 20, 'error'],
    ['list', 'action.sections[0].title', 24, 'error'],
    ['list', 'action.sections[0].rows[0].id', 200, 'error'],
    ['list', 'action.sections[0].rows[0].title', 24, 'error'],
    ['list', 'action.sections[0].rows[0].description', 72, 'error'],
    ['product', 'body.text', 1024, 'error'],
    ['product_list', 'header.text', 60, 'error'],
    ['product_list', 'body.text', 1024, 'error'],
    ['product_list', 'action.sections[0].title', 24, 'error'],
    ['catalog_message', 'body.text', 1024, 'error'],
    ['cta_url', 'body.text', 1024, 'error'],
    ['cta_url', 'footer.text', 60, 'error'],
    ['cta_url', 'action.parameters.display_text', 20, 'error'],
    ['flow', 'body.text', 1024, 'error'],
    ['flow', 'action.parameters.flow_cta', 30, 'warning'],
    ['location_request_message', 'body.text', 1024, 'error'],
    ['address_message', 'body.text', 1024, 'error'],
    ['address_message', 'action.parameters.values.in_pin_code', 6, 'error'],
    ['call_permission_request', 'body.text', 1024, 'error'],
    ['voice_call', 'body.text', 1024, 'error'],
    ['voice_call', 'action.parameters.display_text', 20, 'error'],
    ['voice_call', 'action.parameters.payload', 512, 'error'],
    ['carousel', 'body.text', 1024, 'error'],
    ['carousel', 'action.cards[1].body.text', 160, 'error'],
    ['carousel', 'action.cards[1].action.parameters.display_text', 20, 'error'],
    ['carousel of replies', 'action.cards[1].action.buttons[0].quick_reply.title', 20, 'error'],
    ['carousel of replies', 'action.cards[1].action.buttons[0].quick_reply.id', 256, 'error'],
  ])('of type %s holds: %s, %d characters', (kind, path, longest, severity) => {
    expect(problemsOf(withAt(exampleOf(kind), path, 'ä'.repeat(longest)))).toEqual([]);
    const problems = checkContent('whatsapp', 'interactive', withAt(exampleOf(kind), path, 'ä'.repeat(longest + 1)));
    const message = `${path} has ${longest + 1} characters, and may have ${longest}`;
    expect(problems).toMatchObject([{ code: 'CONTENT_TOO_LONG', path, severity, message, hint: 'shorten it by 1' }]);
  });
});

const buttons = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    type: 'reply',
    reply: { id: `b${index}`, title: `Button ${index}` },
  }));
const rows = (count: number, prefix = 'r') =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, title: `Row ${index}` }));
const sections = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `Section ${index}`, rows: rows(1, `s${index}`) }));
const products = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ product_retailer_id: `hat-${index}` }));
const shelves = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `Shelf ${index}`, product_items: products(1) }));
const cards = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...interactiveExamples.carousel.action.cards[0], card_index: index }));

describe('a count of an interactive message', () => {
  it.each<readonly [string, Kind, string, readonly JsonValue[], readonly JsonValue[], string]>([
    ['three buttons', 'button', 'action.buttons', buttons(3), buttons(4), 'has 4 buttons, and may have 3'],
    ['ten sections', 'list', 'action.sections', sections(10), [...sections(10), { title: 'S', rows: [] }], ''],
    [
      'ten rows in all',
      'list',
      'action.sections',
      [
        { title: 'A', rows: rows(4, 'a') },
        { title: 'B', rows: rows(6, 'b') },
      ],
      [
        { title: 'A', rows: rows(4, 'a') },
        { title: 'B', rows: rows(7, 'b') },
      ],
      'has 11 rows in all, and may have 10',
    ],
    ['ten shelves', 'product_list', 'action.sections', shelves(10), shelves(11), 'has 11 sections, and may have 10'],
    [
      'thirty products in all',
      'product_list',
      'action.sections',
      [
        { title: 'A', product_items: products(29) },
        { title: 'B', product_items: products(1) },
      ],
      [
        { title: 'A', product_items: products(29) },
        { title: 'B', product_items: products(2) },
      ],
      'has 31 products in all, and may have 30',
    ],
    ['ten cards', 'carousel', 'action.cards', cards(10), cards(11), 'has 11 cards, and may have 10'],
  ])('is at most %s', (_, kind, path, most, more, message) => {
    expect(problemsOf(withAt(interactiveExamples[kind], path, most))).toEqual([]);
    const [problem] = checkContent('whatsapp', 'interactive', withAt(interactiveExamples[kind], path, more));
    expect(problem).toMatchObject({ code: 'CONTENT_TOO_MANY', path, severity: 'error', hint: 'remove 1' });
    if (message !== '') expect(problem?.message).toBe(`${path} ${message}`);
  });

  it('is at least two cards', () => {
    const problems = checkContent(
      'whatsapp',
      'interactive',
      withAt(interactiveExamples.carousel, 'action.cards', cards(1)),
    );
    expect(problems).toMatchObject([
      { code: 'CONTENT_VALUE_INVALID', message: 'action.cards has 1 cards', hint: 'it takes at least 2' },
    ]);
  });

  it('is at least one of each', () => {
    for (const [kind, path] of [
      ['button', 'action.buttons'],
      ['list', 'action.sections'],
      ['list', 'action.sections[0].rows'],
      ['product_list', 'action.sections[0].product_items'],
    ] as const) {
      expect(problemsOf(withAt(interactiveExamples[kind], path, []))).toEqual([`CONTENT_KEY_MISSING ${path}`]);
    }
  });

  it('of two sections needs titles that say something', () => {
    expect(problemsOf(withAt(interactiveExamples.list, 'action.sections[1].title', ' '))).toEqual([
      'CONTENT_KEY_MISSING action.sections[1].title',
    ]);
  });

  it('of one section needs no title', () => {
    expect(problemsOf(withAt(interactiveExamples.list, 'action.sections', [{ rows: rows(10) }]))).toEqual([]);
    expect(
      problemsOf(withAt(interactiveExamples.product_list, 'action.sections', [{ product_items: products(30) }])),
    ).toEqual([]);
  });
});

describe('what is told apart in an interactive message', () => {
  it.each<readonly [string, string, JsonValue]>([
    ['button', 'action.buttons[1].reply.id', 'change'],
    ['button', 'action.buttons[1].reply.title', 'Change'],
    ['list', 'action.sections[1].rows[0].id', 'express'],
    ['carousel', 'action.cards[1].card_index', 0],
  ])('of type %s may not stand there twice: %s', (kind, path, value) => {
    expect(checkContent('whatsapp', 'interactive', withAt(exampleOf(kind), path, value))).toMatchObject([
      { code: 'CONTENT_VALUE_INVALID', path, message: `${path} "${value}" stands there twice` },
    ]);
  });
});

describe('a header of an interactive message', () => {
  const image = { type: 'image', image: { link: 'https://shop.example.com/hat.png' } };
  const video = { type: 'video', video: { link: 'https://shop.example.com/hat.mp4' } };
  const file = { type: 'document', document: { link: 'https://shop.example.com/hat.pdf', filename: 'hat.pdf' } };
  const words = { type: 'text', text: 'Hats' };

  it.each<Kind>(['button', 'cta_url', 'flow', 'address_message', 'voice_call'])(
    'of type %s is a text, image, video or document',
    (kind) => {
      for (const header of [words, image, video, file]) {
        expect(problemsOf(withAt(interactiveExamples[kind], 'header', header))).toEqual([]);
      }
      expect(problemsOf(withAt(interactiveExamples[kind], 'header', { type: 'audio' }))).toEqual([
        'CONTENT_VALUE_INVALID header.type',
      ]);
    },
  );

  it.each<Kind>(['list', 'product_list'])('of type %s is a text', (kind) => {
    expect(checkContent('whatsapp', 'interactive', withAt(interactiveExamples[kind], 'header', image))).toMatchObject([
      { code: 'CONTENT_VALUE_INVALID', path: 'header.type', hint: 'it may be: text' },
    ]);
  });

  it.each<Kind>(['product', 'carousel'])('of type %s is refused', (kind) => {
    expect(problemsOf(withAt(interactiveExamples[kind], 'header', words))).toEqual(['CONTENT_KEY_REFUSED header']);
  });

  it('of a card is an image or a video', () => {
    expect(problemsOf(withAt(interactiveExamples.carousel, 'action.cards[0].header', file))).toEqual([
      'CONTENT_VALUE_INVALID action.cards[0].header.type',
    ]);
    expect(problemsOf(withAt(interactiveExamples.carousel, 'action.cards[0].header', video))).toEqual([]);
  });

  it('links to a file of its kind', () => {
    const wrong = { type: 'image', image: { link: 'https://shop.example.com/hat.gif' } };
    expect(problemsOf(withAt(interactiveExamples.button, 'header', wrong))).toEqual([
      'CONTENT_FILE_TYPE header.image.link',
    ]);
  });
});

describe('a value of an interactive message', () => {
  it.each<readonly [string, string, JsonValue, readonly string[]]>([
    ['button', 'action.buttons[0].type', 'quick_reply', ['CONTENT_VALUE_INVALID action.buttons[0].type']],
    ['button', 'action.buttons[0].reply.id', ' a', ['CONTENT_VALUE_INVALID action.buttons[0].reply.id']],
    ['catalog_message', 'action.name', 'catalog', ['CONTENT_VALUE_INVALID action.name']],
    ['cta_url', 'action.name', 'url', ['CONTENT_VALUE_INVALID action.name']],
    ['cta_url', 'action.parameters.url', 'shop.example.com', ['URL_INVALID action.parameters.url']],
    [
      'flow',
      'action.parameters.flow_message_version',
      '2',
      ['CONTENT_VALUE_INVALID action.parameters.flow_message_version'],
    ],
    ['flow', 'action.parameters.flow_cta', 'Go 🎩', ['(warning) CONTENT_VALUE_INVALID action.parameters.flow_cta']],
    ['flow', 'action.parameters.mode', 'live', ['CONTENT_VALUE_INVALID action.parameters.mode']],
    ['flow', 'action.parameters.flow_name', 'sign_up', ['CONTENT_VALUE_INVALID action.parameters']],
    [
      'flow',
      'action.parameters.flow_action',
      'data_exchange',
      ['CONTENT_KEY_REFUSED action.parameters.flow_action_payload'],
    ],
    [
      'flow',
      'action.parameters.flow_action_payload.data',
      {},
      ['CONTENT_VALUE_INVALID action.parameters.flow_action_payload.data'],
    ],
    ['location_request_message', 'action.name', 'location', ['CONTENT_VALUE_INVALID action.name']],
    [
      'address_message',
      'action.parameters.country',
      'CN',
      ['(warning) CONTENT_VALUE_INVALID action.parameters.country'],
    ],
    [
      'address_message',
      'action.parameters.values',
      { pin: '1' },
      ['(warning) CONTENT_KEY_UNKNOWN action.parameters.values.pin'],
    ],
    ['voice_call', 'action.parameters.ttl_minutes', 1, []],
    ['voice_call', 'action.parameters.ttl_minutes', 0, ['CONTENT_VALUE_INVALID action.parameters.ttl_minutes']],
    ['voice_call', 'action.parameters.ttl_minutes', 43_200, []],
    ['voice_call', 'action.parameters.ttl_minutes', 43_201, ['CONTENT_VALUE_INVALID action.parameters.ttl_minutes']],
    ['carousel', 'action.cards[1].card_index', 9, []],
    ['carousel', 'action.cards[1].card_index', 10, ['CONTENT_VALUE_INVALID action.cards[1].card_index']],
    ['carousel', 'action.cards[1].body.text', 'a\nb\nc', []],
    ['carousel', 'action.cards[1].body.text', 'a\nb\nc\nd', ['CONTENT_VALUE_INVALID action.cards[1].body.text']],
  ])('of type %s: %s %j', (kind, path, value, problems) => {
    expect(problemsOf(withAt(exampleOf(kind), path, value))).toEqual(problems);
  });

  it('of a body may be left out where the message says enough by itself', () => {
    expect(problemsOf(withAt(interactiveExamples.call_permission_request, 'body', undefined))).toEqual([]);
    expect(problemsOf(withAt(interactiveExamples.product, 'body', undefined))).toEqual([]);
  });

  it('of a Flow may be left to the Flow', () => {
    const parameters = { flow_message_version: '3', flow_name: 'sign_up', flow_cta: 'Go' };
    expect(problemsOf(withAt(interactiveExamples.flow, 'action.parameters', parameters))).toEqual([]);
  });
});

describe('the cards of a carousel', () => {
  it.each<readonly [string, JsonValue, string]>([
    ['carousel', carouselExamples.products.action.cards[1], 'its type'],
    ['carousel', carouselExamples.replies.action.cards[1], 'its number of buttons'],
    [
      'carousel of replies',
      withAt(carouselExamples.replies.action.cards[1], 'action.buttons[1]', undefined),
      'its number of buttons',
    ],
    [
      'carousel of products',
      withAt(carouselExamples.products.action.cards[1], 'action.catalog_id', '2'),
      'its catalogue',
    ],
  ])('of a %s are alike: %#', (kind, card, difference) => {
    expect(checkContent('whatsapp', 'interactive', withAt(exampleOf(kind), 'action.cards[1]', card))).toMatchObject([
      { path: 'action.cards[1]', message: `action.cards[1] differs from the first card in ${difference}` },
    ]);
  });

  it('are of a type that is known', () => {
    expect(problemsOf(withAt(interactiveExamples.carousel, 'action.cards[0].type', 'url'))).toContain(
      'CONTENT_VALUE_INVALID action.cards[0].type',
    );
  });

  it('with media may leave their type out', () => {
    expect(problemsOf(withAt(carouselExamples.replies, 'action.cards[1].type', undefined))).toEqual([]);
    expect(problemsOf(withAt(interactiveExamples.carousel, 'action.cards[0].type', undefined))).toEqual([]);
  });

  it('hold up to three replies, said in full', () => {
    const reply = (id: string) => ({ type: 'quick_reply', quick_reply: { id, title: id } });
    const withReplies = (...ids: readonly string[]) =>
      [0, 1].reduce<JsonObject>(
        (content, card) => withAt(content, `action.cards[${card}].action.buttons`, ids.map(reply)),
        carouselExamples.replies,
      );
    expect(problemsOf(withReplies('a', 'b', 'c'))).toEqual([]);
    expect(problemsOf(withReplies('a', 'b', 'c', 'd'))).toEqual(
      [0, 1].map((card) => `CONTENT_TOO_MANY action.cards[${card}].action.buttons`),
    );
    const button = { type: 'reply', reply: { id: 'a', title: 'A' } };
    expect(problemsOf(withAt(carouselExamples.replies, 'action.cards[0].action.buttons[0]', button))).toEqual([
      'CONTENT_VALUE_INVALID action.cards[0].action.buttons[0].type',
      'CONTENT_KEY_MISSING action.cards[0].action.buttons[0].quick_reply',
      '(warning) CONTENT_KEY_UNKNOWN action.cards[0].action.buttons[0].reply',
    ]);
  });
});
