/** Where the review of a sign or a template stands, whatever an operation calls it. */

import { ownValue } from '../../../domain/own-value.ts';
import type { ReviewStatus } from '../../../domain/sms/review-status.ts';

/**
 * GetSmsSign writes a number and GetSmsTemplate the same number as a text; the lists write words, one of them misspelt in
 * the documents. Source: the API page of each.
 */
const statuses: Readonly<Record<string, ReviewStatus>> = {
  '0': 'pending',
  '1': 'approved',
  '2': 'rejected',
  '10': 'cancelled',
  AUDIT_STATE_INIT: 'pending',
  AUDIT_STATE_PASS: 'approved',
  AUDIT_STATE_NOT_PASS: 'rejected',
  AUDIT_STATE_CANCEL: 'cancelled',
  AUDIT_SATE_CANCEL: 'cancelled',
};

export function reviewStatus(written: string | number | null): ReviewStatus {
  return ownValue(statuses, `${written}`) ?? 'unknown';
}
