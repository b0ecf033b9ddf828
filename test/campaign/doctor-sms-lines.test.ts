import { describe, expect, it } from 'vitest';
import { type FoundSign, signLines, smsRightsOf } from '../../src/campaign/doctor-sms-lines.ts';
import type { FindingGroup } from '../../src/domain/plan-store.ts';
import { carriers, type FilingStatus, type SignLookup } from '../../src/domain/sms/sms-sign.ts';
import { anSmsTemplate } from '../support/an-sms.ts';

const template = anSmsTemplate();
const checked = { templates: new Map([['', template]]), findingGroups: [] };
const fixed = { kind: 'fixed', sign: '阿里云' } as const;
const byColumn = { kind: 'column', column: 'shop' } as const;

function found(status: FilingStatus): SignLookup {
  const filings = carriers.map((carrier) => ({ carrier, status, reasons: [] }));
  return { kind: 'found', sign: { name: '阿里云', status: 'approved', reason: null, filings } };
}

const denied: SignLookup = {
  kind: 'untold',
  code: 'NoPermission',
  reason: 'denied',
  missingRight: 'dysms:GetSmsSign',
};

/** With no other sign to use instead. */
const alone = (lookup: SignLookup): FoundSign => ({ lookup, approved: [] });

describe('what the doctor says of signs', () => {
  it('is how every carrier has filed one that is well', () => {
    expect(signLines(fixed, alone(found('toVerify')), checked)).toEqual([
      {
        name: 'sign',
        state: 'ok',
        says: '阿里云: approved, mobile filed, to be verified, unicom filed, to be verified, telecom filed, to be verified',
      },
    ]);
  });

  it('is all three filings, and a line for every carrier that has none', () => {
    const [told, ...lines] = signLines(fixed, alone(found('expired')), checked);
    const says = '阿里云: approved, mobile filing expired, unicom filing expired, telecom filing expired';
    expect(told).toEqual({ name: 'sign', state: 'ok', says });
    expect(lines.map(({ state }) => state)).toEqual(['look', 'look', 'look']);
  });

  it('names the signs that may be used instead', () => {
    const missing: SignLookup = { kind: 'missing', code: 'isv.SMS_SIGNATURE_ILLEGAL', reason: 'none' };
    expect(signLines(fixed, { lookup: missing, approved: ['"Shop"', '"Sample"'] }, checked)).toMatchObject([
      { state: 'fix', fix: expect.stringContaining('; approved and nearest in name: "Shop", "Sample"') },
    ]);
  });

  it('is nothing where the right is missing, which the line about rights says', () => {
    expect(signLines(fixed, alone(denied), checked)).toEqual([]);
    expect(smsRightsOf(checked, denied)).toEqual({
      tried: ['dysms:GetSmsTemplate'],
      missing: ['dysms:GetSmsSign'],
    });
  });

  it('is that it was not told, where that has another reason', () => {
    const lines = signLines(fixed, alone({ ...denied, missingRight: null, reason: 'no answer in time' }), checked);
    expect(lines).toMatchObject([{ state: 'look', says: expect.stringContaining('no answer in time') }]);
  });

  it('is what the rows have found of signs by a column', () => {
    expect(signLines(byColumn, null, checked)).toEqual([
      { name: 'sign', state: 'ok', says: 'by the column shop: nothing is wrong with any' },
    ]);
    const first = {
      row: 3,
      column: 'shop',
      value: 'Nobody',
      code: 'SMS_SIGN',
      severity: 'error',
      message: 'no "Nobody"',
      hint: 'the fix',
    } as const;
    const group: FindingGroup = { code: 'SMS_SIGN', severity: 'error', count: 2, first: [first, { ...first, row: 4 }] };
    expect(signLines(byColumn, null, { ...checked, findingGroups: [group] })).toEqual([
      { name: 'sign', state: 'look', says: 'no "Nobody"', fix: 'the fix' },
    ]);
  });

  it('tells the rights that were shown', () => {
    expect(smsRightsOf(checked, found('filed'))).toEqual({
      tried: ['dysms:GetSmsTemplate', 'dysms:GetSmsSign'],
      missing: [],
    });
    expect(smsRightsOf({ templates: new Map() }, null)).toEqual({ tried: [], missing: [] });
  });
});
