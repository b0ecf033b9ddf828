/** What the rounds of questions to a message log have in common, whatever is asked about. */
import type { Clock } from '../domain/clock.ts';
import type { LogEntry } from '../domain/message-log.ts';

export const firstWaitMs = 2_000;
export const longestWaitMs = 30_000;
/** So many questions in a row without an answer, each tried several times, and nothing is asked any more. */
export const mostBroken = 5;

export function idsOf({ messageId, otherId }: LogEntry): readonly string[] {
  return otherId === null ? [messageId] : [messageId, otherId];
}

/** The first is a batch of one: where the log may not be read, one request finds out. */
export function* batchesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  yield items.slice(0, 1);
  for (let start = 1; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Works on `atATime` items at a time, while `goOn` says so and nothing throws; `rest` are those not begun. */
export async function mapAtOnce<T, U>(
  items: readonly T[],
  atATime: number,
  goOn: () => boolean,
  work: (item: T) => Promise<U>,
): Promise<{ readonly results: readonly U[]; readonly rest: readonly T[] }> {
  const results: U[] = [];
  let begun = 0;
  let failed = false;
  async function worker(): Promise<void> {
    while (goOn() && !failed) {
      const item = items[begun];
      if (item === undefined) return;
      begun += 1;
      try {
        results.push(await work(item));
      } catch (cause) {
        failed = true;
        throw cause;
      }
    }
  }
  await Promise.all(Array.from({ length: atATime }, worker));
  return { results, rest: items.slice(begun) };
}

export function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.schedule(ms, end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
