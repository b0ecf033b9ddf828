import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageKey } from '../../src/domain/message-key.ts';
import { anSms } from '../support/an-sms.ts';

function message(params: Record<string, string>, to = '8613800138000', from = '8613867404376') {
  return {
    channel: 'whatsapp',
    from,
    to,
    content: { kind: 'template', code: 'order_shipped', language: 'en', params },
  } as const;
}

describe('messageKey', () => {
  it('stays the same from version to version', () => {
    expect(messageKey(message({ name: 'Ann', order: 'A-1' }))).toBe('pWuTcNw2pyivwH8octBQ9H');
  });

  it('does not depend on the order of params', () => {
    expect(messageKey(message({ b: '2', a: '1' }))).toBe(messageKey(message({ a: '1', b: '2' })));
  });

  it('differs when anything that is said, or to whom, differs', () => {
    const keys = [
      message({ name: 'Ann' }),
      message({ name: 'Ann ' }),
      message({ nam: 'eAnn' }),
      message({ name: 'Ann' }, '8613800138001'),
      message({ name: 'Ann' }, '8613800138000', '8613867404377'),
      { ...message({}), content: { ...message({}).content, language: 'en_US' } },
      { ...message({}), content: { ...message({}).content, code: 'order' } },
    ].map(messageKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('tells apart params that would read the same when run together', () => {
    const params = fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), { maxKeys: 3 });
    fc.assert(
      fc.property(params, params, (one, other) => {
        const same = JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
        expect(messageKey(message(one)) === messageKey(message(other))).toBe(same);
      }),
    );
  });
});

describe('the key of a text message', () => {
  it('differs when anything that is said, or to whom, differs', () => {
    const keys = [
      anSms(2),
      anSms(3),
      anSms(2, { sign: 'Aliyun' }),
      anSms(2, { code: 'SMS_2' }),
      anSms(2, { params: { name: 'Bob' } }),
      anSms(2, { params: {} }),
    ].map(messageKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is the same whatever row it comes from, and where only ids and extensions differ', () => {
    const { to } = anSms(2);
    expect(messageKey(anSms(9, { outId: 'mine', extendCode: '01' }, { to }))).toBe(messageKey(anSms(2)));
    const ordered = anSms(2, { params: { a: '1', b: '2' } });
    expect(messageKey(anSms(2, { params: { b: '2', a: '1' } }))).toBe(messageKey(ordered));
  });
});
