/** Rights that the caller of the emulator does not have. */
import { type OperationName, operationNames } from './operation-name.ts';
import { type AccessDeniedDetail, type Refusal, refuse } from './refusals.ts';

/** The action behind an operation. Source: the authorisation tables of the API pages. */
export const actions: readonly string[] = operationNames.map(actionOf);

function actionOf(operation: OperationName): string {
  return `cams:${operation}`;
}

/** Null when the caller may make the call. */
export function judgeRight(operation: OperationName, denied: ReadonlySet<string>): Refusal | null {
  const action = actionOf(operation);
  if (!denied.has(action)) return null;
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
