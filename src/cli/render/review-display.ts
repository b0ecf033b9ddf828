/** Shows that a review is being waited for: a line that turns on a terminal, and nothing elsewhere. */
import type { Clock } from '../../domain/clock.ts';
import { formatDuration } from './duration.ts';
import type { ProgressStream } from './progress-display.ts';
import { truncate } from './wide-text.ts';

export interface ReviewDisplay {
  /** The languages that are still being waited for. */
  update(languages: readonly string[]): void;
  /** Takes the line off the terminal until the next update. May be called again. */
  clear(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const everyMs = 120;
const eraseLine = '\r\u001B[K';

export function openReviewDisplay(
  stream: Pick<ProgressStream, 'isTTY' | 'columns' | 'write'>,
  clock: Clock,
): ReviewDisplay {
  const turning = stream.isTTY === true;
  const startedAt = clock.monotonic();
  let waiting: readonly string[] = [];
  let frame = 0;
  let cancel = () => {};

  function draw(): void {
    frame = (frame + 1) % frames.length;
    const waited = formatDuration(clock.monotonic() - startedAt);
    const text = `${frames[frame]} in review: ${waiting.join(', ')} (${waited})`;
    stream.write(eraseLine + truncate(text, (stream.columns ?? 80) - 1));
    cancel = clock.schedule(everyMs, draw);
  }

  return {
    update(languages) {
      waiting = languages;
      if (!turning) return;
      cancel();
      draw();
    },
    clear() {
      cancel();
      if (turning) stream.write(eraseLine);
    },
  };
}
