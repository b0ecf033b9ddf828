/** A definite no to a look-up, as the error of an operator who must act: about the caller's access, or about the rest. */
import { lookUp } from '../../../domain/catalogue.ts';
import type { OperatorError } from '../../../domain/operator-error.ts';
import { type CampaignCalls, missingRightFix } from '../../../domain/ram-policy.ts';
import type { ServiceName } from './answer.ts';
import { AccessRefusedError, RightMissingError, ServiceRefusedError } from './errors.ts';

/** Codes about who calls: the key, its signature, the clock it signs with. */
const identity =
  /^(Signature|IncompleteSignature|InvalidSignature|InvalidTimeStamp|IllegalTimestamp|InvalidAccessKeyId|MissingAccessKeyId|(Invalid|Missing)SecurityToken|Forbidden\.AccessKeyDisabled$)/;

/** Codes about what the caller may do. */
const rights =
  /^(NoPermission|Ram\.PermissionDeny|(isp\.)?RAM_PERMISSION_DENY$|Authentication\.NoAuth|ActionUnauthorized|Forbidden(\.RAM|\.NotSupportRAM)?$)/;

/** Whether the service does not even take the caller for who it says it is. */
export function refusesIdentity(code: string): boolean {
  return identity.test(code);
}

export interface RefusedLookUp {
  readonly code: string;
  readonly reason: string;
  /** The action that the caller lacks, where the refusal is about one. */
  readonly missingRight?: string;
}

/** `calls` is what the campaign makes sendoff call, for the smallest policy that covers it. */
export function refusalError(
  service: ServiceName,
  refused: RefusedLookUp,
  calls: CampaignCalls = { custSpaceId: null },
): OperatorError {
  const { code, reason, missingRight } = refused;
  const message = `the service refuses: ${code}: ${reason}`;
  if (missingRight !== undefined) {
    return new RightMissingError(message, { hint: missingRightFix(missingRight, calls) });
  }
  const hint = lookUp(code, service)?.fix;
  const aboutCaller = identity.test(code) || rights.test(code);
  return aboutCaller ? new AccessRefusedError(message, { hint }) : new ServiceRefusedError(message, { hint });
}
