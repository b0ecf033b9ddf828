/** Says how far the check of a list is, so that neither a long list nor a slow service looks like a hang. */
import type { Clock } from '../../domain/clock.ts';
import type { Output } from '../output.ts';
import { formatCount } from '../render/number.ts';

/** A short list is through before anything needs to be said; from here on a person begins to wonder. */
const firstAfterMs = 700;
const onTerminalEveryMs = 1_000;
const elsewhereEveryMs = 10_000;
const eventEveryMs = 1_000;

/** Does `work`, which tells the rows read so far. */
export async function withCheckingTalk<T>(
  output: Output,
  clock: Clock,
  work: (onProgress: (rows: number) => void) => Promise<T>,
): Promise<T> {
  let rows = 0;
  const cancelTalk = repeatedly(clock, output.stderr.isTTY === true ? onTerminalEveryMs : elsewhereEveryMs, () =>
    output.talk(`checking: ${formatCount(rows, 'row')} read`),
  );
  const cancelEvents = repeatedly(clock, eventEveryMs, () => output.event({ event: 'checking', rows }));
  try {
    return await work((read) => {
      rows = read;
    });
  } finally {
    cancelTalk();
    cancelEvents();
  }
}

function repeatedly(clock: Clock, everyMs: number, say: () => void): () => void {
  let cancel = clock.schedule(firstAfterMs, again);
  function again(): void {
    say();
    cancel = clock.schedule(everyMs, again);
  }
  return () => cancel();
}
