/** What a look-up means that sendoff can do without: it says why it brought nothing, and stops only for a wrong key. */
import type { Answer, ServiceName } from './answer.ts';
import { refusalError, refusesIdentity } from './refusal-error.ts';

export interface Untold {
  readonly kind: 'untold';
  readonly code: string;
  readonly reason: string;
  /** The action that the caller lacks, where that is the reason. */
  readonly missingRight: string | null;
}

/** Throws `AccessRefusedError` where the service refuses the credentials themselves: nothing else would pass either. */
export function untoldBy(
  service: ServiceName,
  answer: Exclude<Answer, { readonly kind: 'ok' }>,
  custSpaceId: string | null = null,
): Untold {
  const { code, reason } = answer;
  if (answer.kind === 'rejected' && refusesIdentity(code)) throw refusalError(service, answer, { custSpaceId });
  const missingRight = (answer.kind === 'rejected' ? answer.missingRight : undefined) ?? null;
  return { kind: 'untold', code, reason, missingRight };
}
