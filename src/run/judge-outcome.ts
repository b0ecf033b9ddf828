/** What an outcome means for its row and for the run: the one table between what the service said and what is done. */
import type { AttemptResult } from '../domain/checkpoint.ts';
import type { Outcome, Refusal } from '../domain/outcome.ts';

export interface Judgement {
  /** Where the row goes. */
  readonly next: AttemptResult['next'];
  /** Set where no other row could fare better: nothing more may leave. */
  readonly stop: Refusal | null;
}

export function judgeOutcome(outcome: Outcome): Judgement {
  switch (outcome.kind) {
    case 'accepted':
    case 'unknown':
      return { next: outcome.kind, stop: null };
    case 'throttled':
    case 'unreachable':
      return { next: 'pending', stop: null };
    case 'rejected':
      return judgeRefusal(outcome);
  }
}

/** A refusal of the campaign or the account is not the row's fault: the row stays in line for when the cause is mended. */
function judgeRefusal(refusal: Refusal): Judgement {
  switch (refusal.scope) {
    case 'row':
    case 'transient':
      return { next: 'rejected', stop: null };
    case 'campaign':
    case 'account':
      return { next: 'pending', stop: refusal };
  }
}
