import { describe, expect, it } from 'vitest';
import { createSmsSubstitutes } from '../../src/campaign/sms-substitutes.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { OperatorError } from '../../src/domain/operator-error.ts';
import type { ReviewStatus } from '../../src/domain/sms/review-status.ts';
import type { SignListing, SmsDirectory, SmsTemplateListing } from '../../src/domain/sms/sms-directory.ts';
import type { SignLookup } from '../../src/domain/sms/sms-sign.ts';
import { aTemplate } from '../support/a-template.ts';

const review = (status: ReviewStatus) => ({ status, statusWord: '', reason: null, createdAt: null });
const aSign = (name: string, status: ReviewStatus = 'approved'): SignListing => ({
  name,
  type: null,
  ...review(status),
});
const anSmsTemplate = (code: string, name: string, status: ReviewStatus = 'approved'): SmsTemplateListing => ({
  code,
  name,
  kind: 'notice',
  text: '',
  ...review(status),
});

class Denied extends OperatorError {
  override readonly code = 'RIGHT_MISSING';
  override readonly kind = 'access';
}

/** Notes every list that is asked for. */
function directoryOf(signs: readonly SignListing[], templates: readonly SmsTemplateListing[], error?: Error) {
  const asked: string[] = [];
  const directory: SmsDirectory = {
    async *signs() {
      asked.push('signs');
      if (error !== undefined) throw error;
      yield* signs;
    },
    async *templates() {
      asked.push('templates');
      if (error !== undefined) throw error;
      yield* templates;
    },
    sign: async () => null,
  };
  return { asked, directory };
}

const missing: SignLookup = { kind: 'missing', code: 'isv.SMS_SIGNATURE_ILLEGAL', reason: 'none' };
const foundAs = (status: ReviewStatus): SignLookup => ({
  kind: 'found',
  sign: { name: 'Shop', status, reason: null, filings: [] },
});
const finding: Finding = {
  row: null,
  column: null,
  code: 'TEMPLATE_NOT_FOUND',
  severity: 'fatal',
  value: 'SMS_1',
  message: 'no template',
  hint: 'check the code',
};
const noTemplate = { kind: 'missing', code: 'isv.SMS_TEMPLATE_ILLEGAL', reason: 'none' } as const;

describe('what may stand in the place of a sign', () => {
  const signs = [
    aSign('Warehouse'),
    aSign('Sample Shopp', 'pending'),
    aSign('Shop'),
    aSign('Sample Shop'),
    aSign('示例'),
  ];

  it('is the three approved ones nearest in name, nearest first, listed once', async () => {
    const { asked, directory } = directoryOf(signs, []);
    const substitutes = createSmsSubstitutes(directory);
    expect(await substitutes.signsFor('sample shopp', missing)).toEqual(['"Sample Shop"', '"Shop"', '"Warehouse"']);
    expect(await substitutes.signsFor('Ware', foundAs('rejected'))).toEqual(['"Shop"', '"示例"', '"Warehouse"']);
    expect(asked).toEqual(['signs']);
  });

  it.each<[string, SignLookup]>([
    ['is approved', foundAs('approved')],
    ['is not told of', { kind: 'untold', code: 'NoPermission', reason: 'denied', missingRight: null }],
  ])('is not asked for where the sign %s', async (_name, lookup) => {
    const { asked, directory } = directoryOf(signs, []);
    expect(await createSmsSubstitutes(directory).signsFor('Shop', lookup)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is nothing where the lists may not be read', async () => {
    const { directory } = directoryOf(signs, [], new Denied('denied'));
    expect(await createSmsSubstitutes(directory).signsFor('Shop', missing)).toEqual([]);
  });
});

describe('what may stand in the place of a template', () => {
  const templates = [
    anSmsTemplate('SMS_100', 'order shipped'),
    anSmsTemplate('SMS_200', 'bill', 'rejected'),
    anSmsTemplate('SMS_999', 'order paid'),
  ];

  it('is found by the code, and by the name that was written for it', async () => {
    const { directory } = directoryOf([], templates);
    const substitutes = createSmsSubstitutes(directory);
    const byCode = await substitutes.hinted([finding], 'SMS_99', noTemplate);
    const byName = await substitutes.hinted([finding], 'order shiped', noTemplate);
    expect([byCode[0]?.hint, byName[0]?.hint]).toEqual([
      'check the code; approved and nearest in name: SMS_999 "order paid", SMS_100 "order shipped"',
      'check the code; approved and nearest in name: SMS_100 "order shipped", SMS_999 "order paid"',
    ]);
  });

  it('is found by the name of one that is not approved', async () => {
    const { directory } = directoryOf([], templates);
    const template = aTemplate({ code: 'SMS_1', name: 'order pay', status: 'pending' });
    const notApproved: Finding = { ...finding, code: 'TEMPLATE_NOT_APPROVED', hint: null };
    const other: Finding = { ...finding, code: 'SMS_SIGN' };
    const lookup = { kind: 'found', template, detail: '' } as const;
    const hinted = await createSmsSubstitutes(directory).hinted([notApproved, other], 'SMS_1', lookup);
    expect(hinted).toEqual([
      { ...notApproved, hint: 'approved and nearest in name: SMS_999 "order paid", SMS_100 "order shipped"' },
      other,
    ]);
  });

  it('is not asked for where the template is approved', async () => {
    const { asked, directory } = directoryOf([], templates);
    const lookup = { kind: 'found', template: aTemplate({ status: 'approved' }), detail: '' } as const;
    expect(await createSmsSubstitutes(directory).hinted([finding], 'SMS_1', lookup)).toEqual([finding]);
    expect(asked).toEqual([]);
  });
});
