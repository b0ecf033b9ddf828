/**
 * The id of our own that a request carries, so that the service's records of it can be told to be ours: the run, and the first
 * row of those that the request holds. It stays below 64 characters, which the packing of text messages counts on.
 */

export function ownRequestId(runId: string, firstRow: number): string {
  return `${runId}-${firstRow}`;
}

/** The row in an id of this run; null for any other. */
export function firstRowIn(runId: string, id: string | null): number | null {
  const beginning = `${runId}-`;
  if (id === null || !id.startsWith(beginning)) return null;
  const row = id.slice(beginning.length);
  return /^[1-9]\d{0,9}$/.test(row) ? Number(row) : null;
}
