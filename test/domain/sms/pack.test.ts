import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message, SmsContent } from '../../../src/domain/message.ts';
import { encodedLength } from '../../../src/domain/sms/encoded-length.ts';
import { createPacker, fits, longestLink, operationOf } from '../../../src/domain/sms/pack.ts';
import { aMessage } from '../../support/a-message.ts';
import { anSms } from '../../support/an-sms.ts';

function packed(messages: readonly Message[], most?: number): (readonly Message[])[] {
  const packer = createPacker(most);
  const requests: (readonly Message[])[] = [];
  for (const message of messages) requests.push(...[packer.add(message)].filter((request) => request !== null));
  return [...requests, ...[packer.end()].filter((request) => request !== null)];
}

function sizes(messages: readonly Message[], most?: number): readonly string[] {
  return packed(messages, most).map((request) => `${operationOf(request)} ${request.length}`);
}

function many(count: number, contentOf: (index: number) => Partial<SmsContent> = () => ({})): readonly Message[] {
  return Array.from({ length: count }, (_, index) => anSms(index + 2, contentOf(index)));
}

/** The link as the official client writes it, in characters. */
function linkOf(request: readonly Message[]): string {
  const content = request[0]?.content;
  if (content?.kind !== 'sms') throw new Error('no text message');
  const query = new URLSearchParams({
    PhoneNumbers: request.map(({ to }) => to).join(','),
    SignName: content.sign,
    TemplateCode: content.code,
    TemplateParam: JSON.stringify(content.params),
    OutId: content.outId ?? 'x'.repeat(60),
    SmsUpExtendCode: content.extendCode ?? '',
  });
  return `/?${query.toString()}`;
}

describe('the packer', () => {
  it('puts numbers with the same words into one request, as far as the link goes', () => {
    // 13 digits and %2C are 16 bytes; frame, sign, template, values and id take 229.
    expect(sizes(many(1_200))).toEqual(['SendSms 485', 'SendSms 485', 'SendSms 230']);
  });

  it('puts different values of one template into batches of 100', () => {
    expect(sizes(many(250, (index) => ({ params: { name: `Name ${index}` } })))).toEqual([
      'SendBatchSms 100',
      'SendBatchSms 100',
      'SendBatchSms 50',
    ]);
  });

  it('puts different signs and extensions into one batch', () => {
    const contentOf = (index: number) => ({ sign: `S${index % 3}`, extendCode: String(index % 2) });
    expect(sizes(many(80, contentOf))).toEqual(['SendBatchSms 80']);
  });

  it('adds others to numbers with the same words only while a batch has room', () => {
    const words = (same: number) =>
      many(same + 10, (index) => (index < same ? {} : { params: { name: String(index) } }));
    expect(sizes(words(60))).toEqual(['SendBatchSms 70']);
    expect(sizes(words(200))).toEqual(['SendSms 200', 'SendBatchSms 10']);
  });

  it.each<[string, Message]>([
    ['another template', anSms(3, { code: 'SMS_2' })],
    ['another id', anSms(3, { outId: 'mine' })],
    ['an extension where the others have none', anSms(3, { extendCode: '1' })],
    ['no values where the others have some', anSms(3, { params: {} })],
    ['the same number', anSms(3, { params: { name: 'Bob' } }, { to: anSms(2).to })],
    ['another channel', aMessage(3)],
  ])('begins another request for %s', (_name, next) => {
    expect(fits([anSms(2)], next)).toBe(false);
  });

  it('takes values in any order of their names for the same', () => {
    const [one] = packed([anSms(2, { params: { a: '1', b: '2' } }), anSms(3, { params: { b: '2', a: '1' } })]);
    expect(operationOf(one ?? [])).toBe('SendSms');
  });

  it('sends a single message as a text of its own, unless its link would be too long', () => {
    expect(operationOf([anSms(2)])).toBe('SendSms');
    expect(operationOf([anSms(2, { params: { name: '好'.repeat(900) } })])).toBe('SendBatchSms');
  });

  it('holds no more messages than it is told', () => {
    expect(sizes(many(3), 1)).toEqual(['SendSms 1', 'SendSms 1', 'SendSms 1']);
  });

  it('loses and doubles nobody, keeps the order and every limit, whatever the list', () => {
    const content = fc.record({
      sign: fc.constantFrom('A', '阿里云'),
      code: fc.constantFrom('SMS_1', 'SMS_1', 'SMS_1', 'SMS_2'),
      params: fc.constantFrom<Record<string, string>>({ name: 'Ann' }, { name: '好'.repeat(40) }, {}),
      extendCode: fc.constantFrom(null, null, '01'),
      outId: fc.constantFrom(null, null, null, 'x'),
    });
    /** Stretches of the same words, as lists have them, and numbers that come again. */
    const stretch = fc.record({ content, length: fc.integer({ min: 1, max: 700 }), again: fc.boolean() });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), (stretches) => {
        const messages: Message[] = [];
        for (const { content, length, again } of stretches) {
          for (let index = 0; index < length; index += 1) {
            const row = messages.length + 2;
            const to = again && index === 0 ? '8613800000002' : undefined;
            messages.push(anSms(row, content, to === undefined ? {} : { to }));
          }
        }
        const requests = packed(messages);
        expect(requests.flat().map(({ row }) => row)).toEqual(messages.map(({ row }) => row));
        for (const request of requests) {
          expect(new Set(request.map(({ to }) => to)).size).toBe(request.length);
          expect(new Set(request.map(({ content }) => (content.kind === 'sms' ? content.code : ''))).size).toBe(1);
          if (operationOf(request) === 'SendBatchSms') {
            expect(request.length).toBeLessThanOrEqual(100);
          } else {
            expect(request.length).toBeLessThanOrEqual(1_000);
            expect(linkOf(request).length).toBeLessThanOrEqual(longestLink);
            expect(new Set(request.map(({ content }) => JSON.stringify(content))).size).toBe(1);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('fits', () => {
  it('answers for the batch as it is, also where it was changed since it was last asked about', () => {
    const batch: Message[] = [anSms(2), anSms(3)];
    const next = anSms(4);
    expect(fits(batch, next)).toBe(true);
    batch.push(next);
    expect(fits(batch, next)).toBe(false);
    batch.pop();
    expect(fits(batch, next)).toBe(true);
    batch.splice(0, 2, anSms(5), next);
    expect(fits(batch, next)).toBe(false);
    expect(operationOf(batch)).toBe('SendSms');
    batch.push(anSms(6, { params: { name: 'Bob' } }));
    expect(operationOf(batch)).toBe('SendBatchSms');
  });
});

describe('encodedLength', () => {
  it('is the length of the text as RFC 3986 writes it', () => {
    const encoded = (text: string) =>
      encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(encodedLength(text)).toBe(encoded(text).length);
      }),
    );
  });
});
