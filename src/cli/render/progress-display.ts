/**
 * Shows progress on a stream: on a terminal as lines that are redrawn in place, elsewhere as a line every ten seconds.
 * Nothing flickers: a drawing is written in one piece over the last one, and only where it differs from it.
 */
import type { Clock } from '../../domain/clock.ts';
import { type ProgressSnapshot, renderProgress, renderProgressLine } from './progress.ts';
import { widthOf } from './wide-text.ts';

/** What is needed of a stream; `process.stderr` fits. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface ProgressDisplay {
  /** Shows the newest figures, at once or soon. */
  update(snapshot: ProgressSnapshot): void;
  /** Prints a line of its own, which stays, above the figures. */
  print(line: string): void;
  /** Takes the figures off the terminal and gives the cursor back. May be called again. */
  close(): void;
}

export interface ProgressDisplayOptions {
  readonly stream: ProgressStream;
  readonly clock: Clock;
  readonly colour: boolean;
  readonly emulated: boolean;
}

/** Quick enough to look alive, slow enough to cost nothing. */
const redrawEveryMs = 100;
const lineEveryMs = 10_000;
const defaultColumns = 80;

const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';
const eraseLineEnd = '\u001B[K';
const eraseBelow = '\u001B[J';

export function openProgressDisplay(options: ProgressDisplayOptions): ProgressDisplay {
  return options.stream.isTTY === true ? openTerminalDisplay(options) : openLineDisplay(options);
}

function openLineDisplay({ stream, clock, emulated }: ProgressDisplayOptions): ProgressDisplay {
  let newest: ProgressSnapshot | null = null;
  let cancel: (() => void) | null = null;
  let closed = false;

  function tell(): void {
    cancel = clock.schedule(lineEveryMs, tell);
    if (newest !== null) stream.write(`${renderProgressLine(newest, emulated)}\n`);
    newest = null;
  }

  return {
    update(snapshot) {
      if (closed) return;
      newest = snapshot;
      if (cancel === null) tell();
    },
    print(line) {
      stream.write(`${line}\n`);
    },
    close() {
      closed = true;
      cancel?.();
    },
  };
}

function openTerminalDisplay({ stream, clock, colour, emulated }: ProgressDisplayOptions): ProgressDisplay {
  let newest: ProgressSnapshot | null = null;
  /** What stands on the terminal now, and the cursor behind its last line. */
  let drawn: readonly string[] = [];
  let cancel: (() => void) | null = null;
  let closed = false;

  const columns = (): number => stream.columns ?? defaultColumns;

  /** Moves the cursor to the first column of the drawing, of which a narrower terminal may have broken lines. */
  function toStart(): string {
    if (drawn.length === 0) return '';
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns())), 0);
    return rows > 1 ? `\r\u001B[${rows - 1}A` : '\r';
  }

  function draw(before: string): void {
    // The last column stays free: a line that fills it makes some terminals go to the next.
    const lines = newest === null ? [] : renderProgress(newest, { width: columns() - 1, colour, emulated });
    if (before === '' && lines.join('\n') === drawn.join('\n')) return;
    const begin = drawn.length === 0 ? hideCursor : toStart();
    const body = lines.map((line) => line + eraseLineEnd).join('\n');
    stream.write(`${begin}${before}${body}${eraseBelow}`);
    drawn = lines;
  }

  function redrawSoon(): void {
    if (cancel !== null) return;
    draw('');
    cancel = clock.schedule(redrawEveryMs, () => {
      cancel = null;
      if (newest !== null) draw('');
    });
  }

  /** The terminal has broken or joined the lines already, so all of them are drawn again. */
  function redrawAll(): void {
    if (newest === null || drawn.length === 0) return;
    stream.write(toStart() + eraseBelow);
    drawn = [];
    draw('');
  }

  stream.on('resize', redrawAll);

  return {
    update(snapshot) {
      if (closed) return;
      newest = snapshot;
      redrawSoon();
    },
    print(line) {
      if (drawn.length === 0) stream.write(`${line}\n`);
      else draw(`${line.replaceAll('\n', `${eraseLineEnd}\n`)}${eraseLineEnd}\n`);
    },
    close() {
      if (closed) return;
      closed = true;
      cancel?.();
      stream.off('resize', redrawAll);
      if (drawn.length > 0) stream.write(toStart() + eraseBelow + showCursor);
      drawn = [];
    },
  };
}
