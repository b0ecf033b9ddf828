/** What the service would refuse of a text message, or what to know of it first. Values, never exceptions. */
import type { FindingCode } from '../finding-codes.ts';

export interface SmsProblem {
  readonly code: Extract<FindingCode, `SMS_${string}`>;
  /** `error`: the service or a carrier would refuse the message. `warning`: it may go, and a person should look first. */
  readonly severity: 'error' | 'warning';
  /** Lower case, no final period. */
  readonly message: string;
  readonly hint: string;
}
