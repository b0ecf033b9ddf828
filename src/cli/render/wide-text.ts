/**
 * Text measured as a terminal shows it: Chinese and emoji take two columns, combining characters none. Also keeps text
 * of a list from steering the terminal.
 */
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The columns that `text` takes. Colours count nothing. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Fills up with blanks to `width` columns; longer text stays as it is. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Cut to `width` columns, with `…` as the last of them where something is missing. For text without colours. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return '';
  return `${fitting(text, width - 1)}…`;
}

/** The longest beginning of `text` that takes at most `width` columns. */
function fitting(text: string, width: number): string {
  let taken = '';
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) {
    columns += widthOf(segment);
    if (columns > width) break;
    taken += segment;
  }
  return taken;
}

/**
 * Lines of at most `width` columns. Breaks at blanks and beside wide characters, within a word only where it is longer
 * than a line; line breaks of the text stay. For text without colours. A character wider than `width` keeps its line.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
}

function wrapLine(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of breakable(text)) {
    // Blanks at which a line breaks are not carried over.
    if (piece === ' ' && line === '' && lines.length > 0) continue;
    const columns = widthOf(piece);
    if (used + columns <= width) {
      line += piece;
      used += columns;
      continue;
    }
    if (piece === ' ') {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
      continue;
    }
    // A word longer than a line, such as a link, begins where it stands: it would be broken on the next line as well.
    const parts = columns > width ? splitWord(piece, width, width - used) : [piece];
    const beginning = columns > width ? parts.shift() : '';
    if (`${line}${beginning}`.trimEnd() !== '') lines.push(`${line}${beginning}`.trimEnd());
    line = parts.pop() ?? '';
    used = widthOf(line);
    lines.push(...parts);
  }
  if (line.trimEnd() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Words, single blanks, and wide characters each by itself: a line may break between any two of them. */
function breakable(text: string): string[] {
  const pieces: string[] = [];
  let word = '';
  for (const { segment } of graphemes.segment(text)) {
    if (segment !== ' ' && widthOf(segment) < 2) {
      word += segment;
      continue;
    }
    if (word !== '') pieces.push(word);
    word = '';
    pieces.push(segment);
  }
  if (word !== '') pieces.push(word);
  return pieces;
}

/** Parts of at most `width` columns, the first of them, which may be empty, of at most `firstWidth`. */
function splitWord(word: string, width: number, firstWidth: number): string[] {
  const parts = [fitting(word, firstWidth)];
  for (let rest = word.slice(parts[0]?.length); rest !== ''; ) {
    const part = fitting(rest, width) || firstGrapheme(rest);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
}

function firstGrapheme(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment;
  return text;
}

/**
 * Text whose control characters are shown as symbols instead of obeyed, and whose direction marks are dropped, so that
 * a cell can neither recolour the screen nor move its cursor. Line breaks stay; tabs become blanks.
 */
export function inert(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, '    ')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/\p{Cc}/gu, controlPicture);
}

function controlPicture(control: string): string {
  if (control === '\n') return control;
  return control < ' ' ? String.fromCharCode(0x2400 + control.charCodeAt(0)) : '␡';
}

/** Like `inert`, in one line: line breaks are shown as `⏎`. */
export function inertLine(text: string): string {
  return inert(text).replaceAll('\n', '⏎');
}
