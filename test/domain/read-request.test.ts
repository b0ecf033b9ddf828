import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/domain/json-value.ts';
import { readRequest } from '../../src/domain/read-request.ts';
import { type RequestField, requestFieldChannels, requestFields } from '../../src/domain/request-fields.ts';

function read(field: RequestField, value: JsonValue) {
  return readRequest({ [field]: value });
}

/** The problems of a value, each as one line; a field with a problem is not in the request. */
function problemsOf(field: RequestField, value: JsonValue): readonly string[] {
  return read(field, value).problems.map(
    ({ path, value: said, message, hint }) => `${path} ${message} [${said}] ${hint}`,
  );
}

const products = (...counts: readonly number[]): JsonValue => ({
  thumbnailProductRetailerId: 'hat-1',
  sections: counts.map((count, section) => ({
    title: `Section ${section}`,
    productItems: Array.from({ length: count }, (_, item) => ({ productRetailerId: `hat-${section}-${item}` })),
  })),
});

const wholeFallback = { id: 'fb-1', content: 'Your table', durationSeconds: 600, rule: 'undelivered' };

describe('a request field', () => {
  it.each<[RequestField, JsonValue, unknown]>([
    ['payload', ['yes', 'no'], ['yes', 'no']],
    ['payload', ['yes', ''], ['yes', '']],
    ['productAction', products(2, 1), products(2, 1)],
    ['flowAction', { flowToken: 't-1' }, { flowToken: 't-1', flowActionData: null }],
    [
      'flowAction',
      { flowToken: ' t-1 ', flowActionData: { screen: 'A', inner: { list: ['x', ''] } } },
      { flowToken: 't-1', flowActionData: { screen: 'A', inner: { list: ['x', ''] } } },
    ],
    ['contextMessageId', ' wamid.1 ', 'wamid.1'],
    ['taskId', 'order-7', 'order-7'],
    ['smsFallback', { id: 'fb-1' }, { id: 'fb-1', content: null, durationSeconds: null, rule: null }],
    ['smsFallback', { id: 'fb-1', content: 'Your table', duration: '10m', rule: 'UNDELIVERED' }, wholeFallback],
    [
      'smsFallback',
      { id: 'fb-1', content: '', rule: 'sentfailed' },
      { ...wholeFallback, content: null, durationSeconds: null, rule: 'sentFailed' },
    ],
    ...[
      ['60', 60],
      ['43200', 43_200],
      ['12h', 43_200],
    ].map(([duration, durationSeconds]): [RequestField, JsonValue, unknown] => [
      'smsFallback',
      { id: 'fb-1', duration: String(duration) },
      { id: 'fb-1', content: null, durationSeconds, rule: null },
    ]),
    ['label', 'promotion', 'promotion'],
    ['label', ' Transaction ', 'transaction'],
    ['ttl', '30', 30],
    ['ttl', '1209600', 1_209_600],
    ['ttl', '14d', 1_209_600],
    ['ttl', ' 5m ', 300],
    ['tag', 'spring', 'spring'],
    ['trackingData', 'a=1&b=2', 'a=1&b=2'],
    ['recipientType', 'group', 'group'],
    ['recipientType', 'Individual', 'individual'],
    ['category', 'utility', 'UTILITY'],
    ['category', 'MARKETING', 'MARKETING'],
    ['category', 'Authentication', 'AUTHENTICATION'],
  ])('%s of %j is read', (field, value, expected) => {
    expect(read(field, value)).toEqual({ fields: { [field]: expected }, problems: [] });
  });

  it.each<[RequestField, JsonValue]>([
    ...requestFields.flatMap((field) => ['', '  ', null].map((blank) => [field, blank] as [RequestField, JsonValue])),
    ['payload', []],
    ['payload', ['', ' ']],
    ['productAction', {}],
    ['productAction', { thumbnailProductRetailerId: '', sections: [{ title: '', productItems: [] }] }],
    ['flowAction', { flowToken: ' ', flowActionData: { name: '' } }],
    ['smsFallback', { id: '', content: ' ' }],
  ])('%s of %j is absent', (field, blank) => {
    expect(read(field, blank)).toEqual({ fields: {}, problems: [] });
  });

  const inList = 'write one text for each button: ["yes", "no"]';
  const inGroup = 'write its fields below it';
  const ttlHint = 'write seconds, or a time such as 10m';
  const ttlBound = 'request.ttl is not a time of 30 to 1209600 seconds';
  const durationBound = 'request.smsFallback.duration is not a time of 60 to 43200 seconds';

  it.each<[RequestField, JsonValue, ...(readonly string[])]>([
    ['payload', 'yes', `request.payload is not a list of texts [yes] ${inList}`],
    ['payload', { a: 'yes' }, `request.payload is not a list of texts [null] ${inList}`],
    ['payload', ['yes', null], `request.payload is not a list of texts [null] ${inList}`],
    ['payload', ['yes', ['no']], `request.payload is not a list of texts [null] ${inList}`],
    ['productAction', 'hat-1', `request.productAction is not a group of fields [hat-1] ${inGroup}`],
    [
      'productAction',
      { thumbnailProductRetailerId: 'hat-1' },
      'request.productAction.sections is not a list [] write one item a line, each after a dash',
    ],
    [
      'productAction',
      { thumbnailProductRetailerId: 'hat-1', sections: [''] },
      'request.productAction.sections[0] is empty [] fill it, or remove the item',
    ],
    [
      'productAction',
      { thumbnailProductRetailerId: 'hat-1', sections: ['hats'] },
      'request.productAction.sections[0] is not a group of fields [hats] write its fields below it',
    ],
    [
      'productAction',
      { sections: [{ title: ' ', productItems: [{ productRetailerId: 'hat-1', price: '1' }] }] },
      'request.productAction.sections[0].title is empty [ ] fill it',
      'request.productAction.sections[0].productItems[0].price is no field of it [null] it has: productRetailerId',
      'request.productAction.thumbnailProductRetailerId is empty [] fill it',
    ],
    [
      'productAction',
      products(...Array(11).fill(1)),
      'request.productAction.sections has 11 sections [null] keep 10 at most',
    ],
    ['productAction', products(15, 16), 'request.productAction.sections has 31 products [null] keep 30 at most'],
    [
      'productAction',
      {
        thumbnailProductRetailerId: ['hat-1'],
        sections: [{ title: 'Hats', productItems: [{ productRetailerId: 'hat-1' }] }],
      },
      'request.productAction.thumbnailProductRetailerId is not a text [null] write one text',
    ],
    ['flowAction', ['t-1'], `request.flowAction is not a group of fields [null] ${inGroup}`],
    [
      'flowAction',
      { flowToken: 't-1', flowActionData: 'x' },
      `request.flowAction.flowActionData is not a group of fields [x] ${inGroup}`,
    ],
    [
      'flowAction',
      { flowtoken: 't-1' },
      'request.flowAction.flowtoken is no field of it [null] it has: flowToken, flowActionData',
    ],
    ['contextMessageId', ['wamid.1'], 'request.contextMessageId is not a text [null] write one text'],
    ['taskId', { id: '1' }, 'request.taskId is not a text [null] write one text'],
    ['smsFallback', 'fb-1', `request.smsFallback is not a group of fields [fb-1] ${inGroup}`],
    ['smsFallback', { content: 'Your table' }, 'request.smsFallback.id is empty [] fill it'],
    ['smsFallback', { id: 'fb-1', duration: '59' }, `${durationBound} [59] ${ttlHint}`],
    ['smsFallback', { id: 'fb-1', duration: '43201s' }, `${durationBound} [43201s] ${ttlHint}`],
    [
      'smsFallback',
      { id: 'fb-1', rule: 'never' },
      'request.smsFallback.rule is none of undelivered, sentFailed [never] write one of undelivered, sentFailed',
    ],
    ['label', 'promo', 'request.label is none of promotion, transaction [promo] write one of promotion, transaction'],
    ['ttl', '29', `${ttlBound} [29] ${ttlHint}`],
    ['ttl', '0', `${ttlBound} [0] ${ttlHint}`],
    ['ttl', '1209601', `${ttlBound} [1209601] ${ttlHint}`],
    ['ttl', '15d', `${ttlBound} [15d] ${ttlHint}`],
    ['ttl', '30.5', `${ttlBound} [30.5] ${ttlHint}`],
    ['ttl', 'soon', `${ttlBound} [soon] ${ttlHint}`],
    ['ttl', ['30'], 'request.ttl is not a text [null] write one text'],
    ['tag', ['spring'], 'request.tag is not a text [null] write one text'],
    ['trackingData', ['a'], 'request.trackingData is not a text [null] write one text'],
    [
      'recipientType',
      'person',
      'request.recipientType is none of individual, group [person] write one of individual, group',
    ],
    [
      'category',
      'SERVICE',
      'request.category is none of UTILITY, MARKETING, AUTHENTICATION [SERVICE] write one of UTILITY, MARKETING, AUTHENTICATION',
    ],
  ])('%s of %j is refused', (field, value, ...expected) => {
    expect(problemsOf(field, value)).toEqual(expected);
  });

  it('stands at the bounds of sections and products', () => {
    expect(read('productAction', products(...Array(10).fill(3))).problems).toEqual([]);
    expect(read('productAction', products(30)).problems).toEqual([]);
  });

  it('does not hide what is wrong with another', () => {
    const { fields, problems } = readRequest({ ttl: 'soon', label: 'promo', tag: 'spring' });
    expect([fields, problems.map(({ path }) => path)]).toEqual([{ tag: 'spring' }, ['request.label', 'request.ttl']]);
  });

  it('is known with the channels that take it', () => {
    expect(requestFields).toEqual(Object.keys(requestFieldChannels));
    for (const field of requestFields) expect(requestFieldChannels[field].length).toBeGreaterThan(0);
  });
});
