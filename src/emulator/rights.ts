/** Rights that the caller of the emulator does not have. */
import { apiServices, isSmsOperationName, type OperationName } from './operation-name.ts';
import { type AccessDeniedDetail, type Refusal, refuse } from './refusals.ts';
import { refuseSms } from './sms/refuse-sms.ts';

/** The actions behind the operations. Source: the authorisation tables of the API pages. */
const actionOf: ReadonlyMap<OperationName, string> = new Map(
  apiServices.flatMap(({ name, operations }) => operations.map((operation) => [operation, `${name}:${operation}`])),
);

export const actions: readonly string[] = [...actionOf.values()];

/**
 * Null when the caller may make the call. Short Message Service has a code of its own for it, in an answer with HTTP 200 and without
 * details; that the service gives it for every operation is unverified.
 */
export function judgeRight(operation: OperationName, denied: ReadonlySet<string>): Refusal | null {
  const action = actionOf.get(operation) ?? '';
  if (!denied.has(action)) return null;
  if (isSmsOperationName(operation)) return refuseSms('isp.RAM_PERMISSION_DENY', action);
  const accessDenied: AccessDeniedDetail = {
    AuthAction: action,
    AuthPrincipalType: 'SubUser',
    AuthPrincipalOwnerId: '1000000000000001',
    AuthPrincipalDisplayName: '2000000000000002',
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    NoPermissionType: 'ImplicitDeny',
  };
  return { ...refuse('Ram.PermissionDeny'), accessDenied };
}
