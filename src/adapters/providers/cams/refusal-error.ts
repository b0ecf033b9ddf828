/** A definite no to a look-up, as the error of an operator who must act: about the caller's access, or about the rest. */
import { lookUp } from '../../../domain/catalogue.ts';
import type { OperatorError } from '../../../domain/operator-error.ts';
import { AccessRefusedError, ServiceRefusedError } from './errors.ts';

/** Codes about the caller: the key, its signature, the clock it signs with, its rights. */
const access =
  /^(Signature|IncompleteSignature|InvalidSignature|InvalidTimeStamp|IllegalTimestamp|InvalidAccessKeyId|MissingAccessKeyId|(Invalid|Missing)SecurityToken|NoPermission|Ram\.PermissionDeny|Authentication\.NoAuth|ActionUnauthorized|Forbidden(\.RAM|\.NotSupportRAM|\.AccessKeyDisabled)?$)/;

export function refusalError(code: string, reason: string): OperatorError {
  const message = `the service refuses: ${code}: ${reason}`;
  const hint = lookUp(code, 'cams')?.fix;
  return access.test(code) ? new AccessRefusedError(message, { hint }) : new ServiceRefusedError(message, { hint });
}
