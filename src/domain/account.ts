/** Whose credentials a run is made with: what tells accounts apart and opens nothing. */

/**
 * Credentials name no account, so this is what stays the same of them. It cannot tell that two keys belong to one account,
 * nor apart: two keys whose ids mask alike; temporary keys that are set in the environment, or that a metadata service
 * or a credentials URI hands out, since everything about those changes with every renewal.
 */
export type Account =
  /** A key that does not expire, by its masked id, such as `LTAI****abcd`. */
  | { readonly kind: 'key'; readonly keyId: string }
  /** Keys that are renewed all the time, by where they come from. */
  | {
      readonly kind: 'temporary';
      /** The credentials package's name of it, such as `cli_profile` or `oidc_role_arn`. */
      readonly source: string;
      /** The profile that was chosen; null where the source has none. */
      readonly profile: string | null;
      /** The role that is taken on, with the id of its account masked; null where it is not known. */
      readonly role: string | null;
    };

/** The same role is the same account, whoever takes it on. */
export function isSameAccount(one: Account, other: Account): boolean {
  if (one.kind === 'key' || other.kind === 'key') {
    return one.kind === 'key' && other.kind === 'key' && one.keyId === other.keyId;
  }
  if (one.role !== null && other.role !== null) return one.role === other.role;
  return one.role === other.role && one.source === other.source && one.profile === other.profile;
}

/** `key LTAI****abcd`; `temporary keys of cli_profile "prod"` */
export function describeAccount(account: Account): string {
  if (account.kind === 'key') return `key ${account.keyId}`;
  const { source, profile, role } = account;
  return `temporary keys of ${source}${profile === null ? '' : ` "${profile}"`}${role === null ? '' : `, role ${role}`}`;
}

/** Whose a run is, for a screen; null: its plan was made without credentials. */
export function accountText(account: Account | null): string {
  return account === null ? 'not known before the first send' : describeAccount(account);
}
