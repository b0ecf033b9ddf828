/** Where a template stands, in the words of people. */
import type { TemplateListing } from '../../domain/template-directory.ts';

export function reviewText({ review, statusWord }: Pick<TemplateListing, 'review' | 'statusWord'>): string {
  switch (review) {
    case 'approved':
      return 'approved';
    case 'refused':
      return 'refused';
    case 'reviewing':
      return 'in review';
    case 'unreviewed':
      return 'not reviewed';
    case 'other':
      return statusWord === '' ? 'unknown' : statusWord;
  }
}
