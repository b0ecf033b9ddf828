/** What the service may tell of a sign. */
import { carriers, type SignLookup } from '../../src/domain/sms/sms-sign.ts';

export const approved: SignLookup = {
  kind: 'found',
  sign: {
    name: '阿里云',
    status: 'approved',
    reason: null,
    filings: carriers.map((carrier) => ({ carrier, status: 'filed', reasons: [] })),
  },
};
export const missing: SignLookup = { kind: 'missing', code: 'isv.SMS_SIGN_ILLEGAL', reason: 'no such sign' };
