/** What every benchmark hands back, and the arithmetic they share. */

export interface Measurement {
  readonly title: string;
  /** What was done, and what the columns mean. */
  readonly note: string;
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly aims: readonly Aim[];
}

export interface Aim {
  readonly words: string;
  readonly reached: string;
  readonly met: boolean;
}

export interface BenchOptions {
  /** Times each contender runs, in turn with the others, so that a busy minute of the machine hits all of them. */
  readonly rounds: number;
  /** Rows of the list that is planned. */
  readonly rows: number;
  /** How long each contender sends under the quota. */
  readonly seconds: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('there is no median of nothing');
  return middle;
}

/** Runs every contender `rounds` times, in turn, and keeps what each brought. */
export async function inTurn<Name extends string, Result>(
  rounds: number,
  contenders: Readonly<Record<Name, (round: number) => Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  // Its keys are those of the contenders.
  const names = Object.keys(contenders) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await contenders[name](round));
  }
  return results;
}

export function ratio(value: number): string {
  return `${value.toFixed(2)}×`;
}
