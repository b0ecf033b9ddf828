import { describe, expect, it } from 'vitest';
import { sampleListOf } from '../../src/domain/sample-list.ts';
import { valueProblems } from '../../src/domain/sms/sms-template.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';
import { aTemplate } from '../support/a-template.ts';

const template = (body: string, examples = {}) => aTemplate({ body: parseTemplateText(body), examples });

describe('sampleListOf', () => {
  it('has the address, then every variable with its example, or its name where there is none', () => {
    expect(sampleListOf([template('Hi $(name), $(code)', { code: '007' })])).toEqual({
      columns: ['phone', 'name', 'code'],
      row: ['8613800000000', 'name', '007'],
    });
  });

  it('has a value that passes where a text template declares what a variable holds', () => {
    const attributes = { code: 'numberCaptcha', pin: 'characterWithNumber2', call: 'phone_number2', who: 'name' };
    const sms = { kind: 'verification', attributes, signs: [] } as const;
    const { columns, row } = sampleListOf([{ ...template('$(code) $(pin) $(call) $(who) $(other)'), sms }]);
    const values = columns.slice(1).map((name, index) => [name, row[index + 1] ?? ''] as const);
    expect(values.flatMap(([name, value]) => valueProblems(name, value, sms))).toEqual([]);
    expect(values.map(([name]) => name)).toEqual(['code', 'pin', 'call', 'who', 'other']);
  });

  it('has the variables of all languages once', () => {
    expect(sampleListOf([template('$(a) $(b)', { a: '1' }), template('$(b) $(c)', { b: '2', a: '9' })])).toEqual({
      columns: ['phone', 'a', 'b', 'c'],
      row: ['8613800000000', '1', '2', 'c'],
    });
  });

  it('calls the address otherwise where a variable has its name', () => {
    expect(sampleListOf([template('$(Phone)')]).columns).toEqual(['recipient', 'Phone']);
    expect(sampleListOf([template('$(phone) $(recipient)')]).columns).toEqual(['send_to', 'phone', 'recipient']);
  });
});
