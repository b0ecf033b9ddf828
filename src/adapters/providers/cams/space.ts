/** The space of a customer that a partner works for, or the instance of a direct customer; null: the account's own. */
export type Space = string | null;

/** As every operation of the service takes it. */
export function spaceFields(custSpaceId: Space): Readonly<Record<string, string>> {
  return custSpaceId === null ? {} : { CustSpaceId: custSpaceId };
}
