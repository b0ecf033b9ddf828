/** What stops a look-up for everybody, as errors that the operator can act on. */
import { OperatorError } from '../../../domain/operator-error.ts';

/** The key is wrong, or its owner may not do this at all. */
export class AccessRefusedError extends OperatorError {
  override readonly code = 'ACCESS_REFUSED';
  override readonly kind = 'access';
}

/** The key is right, and may not do this. */
export class RightMissingError extends OperatorError {
  override readonly code = 'RIGHT_MISSING';
  override readonly kind = 'access';
}

/** The service definitely refuses the account or the request. */
export class ServiceRefusedError extends OperatorError {
  override readonly code = 'SERVICE_REFUSED';
  override readonly kind = 'blocked';
}

/** No answer, after all tries. */
export class ServiceUnreachableError extends OperatorError {
  override readonly code = 'SERVICE_UNREACHABLE';
  override readonly kind = 'unreachable';
}
