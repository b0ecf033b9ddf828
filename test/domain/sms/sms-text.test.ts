import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../src/domain/render-content.ts';
import { lengthProblem, parseSmsText, renderSmsText, signedText } from '../../../src/domain/sms/sms-text.ts';
import { variableNames } from '../../../src/domain/template-parts.ts';
import { anSms, anSmsTemplate } from '../../support/an-sms.ts';

describe('parseSmsText', () => {
  it.each<[string, string, readonly string[]]>([
    ['one variable', 'Your code is ${code}.', ['code']],
    ['several, one of them twice', '${a}${b} and ${a}', ['a', 'b']],
    ['what the other service writes', 'costs $(price)', []],
    ['what does not close', 'a ${name', []],
    ['braces without a name', 'a ${} b', []],
    ['a brace within braces', '${a{b}', []],
  ])('finds the variables in %s', (_name, raw, names) => {
    expect(variableNames(parseSmsText(raw))).toEqual(names);
  });

  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'${}ab 好') }), (raw) => {
        const { pieces } = parseSmsText(raw);
        const joined = pieces.map((piece) => (piece.kind === 'literal' ? piece.text : `\${${piece.name}}`)).join('');
        expect(joined).toBe(raw);
      }),
    );
  });

  it('is filled once, whatever the values hold', () => {
    const text = parseSmsText('${a} and ${b}');
    expect(renderSmsText(text, { a: '${b}', b: '$&' })).toBe('${b} and $&');
  });

  it('shows a variable without a value as it was registered', () => {
    expect(renderSmsText(parseSmsText('Hi ${name}, ${code}'), { code: '1' })).toBe('Hi ${name}, 1');
  });
});

describe('signedText', () => {
  it.each([
    ['in the mainland', '阿里云', '您好', 'mainland', '【阿里云】您好'],
    ['in the mainland in letters', 'Aliyun', 'Hello', 'mainland', '【Aliyun】Hello'],
    ['elsewhere in letters', 'Aliyun', 'Hello', 'elsewhere', '[Aliyun]Hello'],
    ['elsewhere with a sign in Chinese', '阿里云', 'Hello', 'elsewhere', '【阿里云】Hello'],
    ['elsewhere with a text in Chinese', 'Aliyun', '您好', 'elsewhere', '【Aliyun】您好'],
  ] as const)('has the brackets of the service %s', (_name, sign, text, destination, signed) => {
    expect(signedText(sign, text, destination)).toBe(signed);
  });
});

it.each([
  ['8613800138000', '【阿里云】您好Ann，您的订单已发货。'],
  ['6591234567', '【阿里云】您好Ann，您的订单已发货。'],
])('a message to %s is shown whole', (to, body) => {
  const shown = renderContent(anSms(2, {}, { to }), anSmsTemplate());
  expect(shown).toMatchObject({ header: null, body, footer: null });
});

describe('lengthProblem', () => {
  it('lets 500 characters pass and says by how many a text is too long', () => {
    expect(lengthProblem(500)).toBeNull();
    expect(lengthProblem(512)).toEqual({
      code: 'SMS_TOO_LONG',
      severity: 'error',
      message: 'the message with its sign has 512 characters, and a text message has 500 at most',
      hint: 'shorten the values by 12 characters',
    });
  });
});
