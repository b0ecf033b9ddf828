import { describe, expect, it } from 'vitest';
import { destinationOf, destinationProblem } from '../../../src/domain/sms/destination.ts';
import { type SmsTemplateKind, valueProblems } from '../../../src/domain/sms/sms-template.ts';

function problems(value: string, kind: SmsTemplateKind = 'notice', attribute?: string): readonly string[] {
  const attributes = attribute === undefined ? {} : { x: attribute };
  return valueProblems('x', value, { kind, attributes }).map(({ code, severity }) => `${severity} ${code}`);
}

describe('valueProblems', () => {
  it.each([
    ['a name', '王小明'],
    ['an order', 'A-2026/11'],
    ['a decimal number', '1,299.50'],
    ['an e-mail address', 'ann@example.com'],
    ['an abbreviation', 'Node.js v24.1'],
    ['a sign that is no emoji', '© 2026 ™'],
    ['nothing', ''],
    ['35 characters', '好'.repeat(35)],
  ])('lets %s pass', (_name, value) => {
    expect(problems(value)).toEqual([]);
  });

  it.each([
    ['a link', 'https://example.com/x', 'error SMS_PARAM_LINK'],
    ['a link in capitals', 'HTTP://A.B', 'error SMS_PARAM_LINK'],
    ['a page without its protocol', 'see www.example.org', 'error SMS_PARAM_LINK'],
    ['a short link', 't.cn/a8Xy', 'warning SMS_PARAM_LINK'],
    ['a host', 'taobao.com', 'warning SMS_PARAM_LINK'],
    ['an emoji', 'hello 😀', 'error SMS_PARAM_EMOJI'],
    ['a flag', '🇨🇳', 'error SMS_PARAM_EMOJI'],
    ['a heart that is shown as a picture', '❤️', 'error SMS_PARAM_EMOJI'],
    ['a keycap', '1️⃣', 'error SMS_PARAM_EMOJI'],
    ['36 characters', '好'.repeat(36), 'warning SMS_PARAM_LENGTH'],
  ])('tells of %s', (_name, value, problem) => {
    expect(problems(value)).toEqual([problem]);
  });

  it.each<[string, string | undefined, string, readonly string[]]>([
    ['4 digits', 'numberCaptcha', '1234', []],
    ['6 digits', 'numberCaptcha', '123456', []],
    ['3 digits', 'numberCaptcha', '123', ['error SMS_PARAM_SHAPE']],
    ['7 digits', 'numberCaptcha', '1234567', ['error SMS_PARAM_SHAPE']],
    ['a letter among digits', 'numberCaptcha', '12a4', ['error SMS_PARAM_SHAPE']],
    ['full-width digits', 'numberCaptcha', '１２３４', ['error SMS_PARAM_SHAPE']],
    ['letters and digits', 'characterWithNumber2', 'a1B2', []],
    ['a hyphen', 'characterWithNumber2', 'a1-2', ['error SMS_PARAM_SHAPE']],
    ['a code without a declared form', undefined, '1234', []],
    ['a word without a declared form', undefined, 'my product', ['warning SMS_PARAM_SHAPE']],
    ['a value of an attribute without a strict form', 'name', 'my product', []],
  ])('holds %s against the variable of a verification template', (_name, attribute, value, found) => {
    expect(problems(value, 'verification', attribute)).toEqual(found);
  });

  it.each<[string, readonly string[]]>([
    ['13800138000', []],
    ['0571-82123456', []],
    ['400-123-1234', []],
    ['10086', []],
    ['1008', ['error SMS_PARAM_SHAPE']],
    ['+8613800138000', ['error SMS_PARAM_SHAPE']],
    ['12345678901234', ['error SMS_PARAM_SHAPE']],
    ['1-2-3-4-5-6-7-8-9', ['error SMS_PARAM_SHAPE']],
  ])('takes "%s" for a declared telephone number or not', (value, found) => {
    expect(problems(value, 'notice', 'phone_number2')).toEqual(found);
  });

  it('knows no usual length for international templates', () => {
    expect(problems('x'.repeat(100), 'international')).toEqual([]);
  });

  it('takes a variable with the name of what every object has for one that was not declared', () => {
    const found = valueProblems('constructor', '中文', { kind: 'verification', attributes: {} });
    expect(found.map(({ code }) => code)).toEqual(['SMS_PARAM_SHAPE']);
  });

  it('names the variable, its declared form and what to write', () => {
    const found = valueProblems('code', '12', { kind: 'verification', attributes: { code: 'numberCaptcha' } });
    expect(found).toEqual([
      {
        code: 'SMS_PARAM_SHAPE',
        severity: 'error',
        message: 'the variable "code" was declared as numberCaptcha: it has to be a code of 4 to 6 digits',
        hint: 'write a code of 4 to 6 digits',
      },
    ]);
  });
});

describe('destination', () => {
  it.each([
    ['8613800138000', 'mainland'],
    ['85291234567', 'elsewhere'],
    ['85366123456', 'elsewhere'],
    ['886912345678', 'elsewhere'],
    ['14155550123', 'elsewhere'],
  ])('of %s is %s', (number, destination) => {
    expect(destinationOf(number)).toBe(destination);
  });

  it.each<[SmsTemplateKind, boolean, boolean]>([
    ['verification', true, false],
    ['notice', true, false],
    ['promotion', true, false],
    ['international', false, true],
  ])('a %s template goes to the mainland: %s, elsewhere: %s', (kind, mainland, elsewhere) => {
    expect(destinationProblem(kind, 'mainland') === null).toBe(mainland);
    expect(destinationProblem(kind, 'elsewhere') === null).toBe(elsewhere);
  });

  it('names the code with which the service would refuse', () => {
    expect(destinationProblem('international', 'mainland')?.message).toContain('isv.DOMESTIC_NUMBER_NOT_SUPPORTED');
  });
});
