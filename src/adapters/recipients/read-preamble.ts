/** How a delimited list begins: Excel's `sep=;` line, which is no row, and the delimiter that the header line uses. */
export interface Preamble {
  /** Bytes before the first row. */
  readonly length: number;
  /** Lines before the first row. */
  readonly lines: number;
  readonly delimiter: string;
}

/** In the order in which a tie is decided; the first also serves a list of a single column. */
const candidates = [',', ';', '\t', '|'] as const;
const [newline, carriageReturn, quote] = [0x0a, 0x0d, 0x22];

/**
 * @param delimiter what the operator or the format says, or null to find it
 * @param complete true when the text goes no further, so that its last line is whole
 * @returns null while the text does not reach the end of the header line
 */
export function readPreamble(text: Buffer, delimiter: string | null, complete: boolean): Preamble | null {
  const sepLine = readSepLine(text, complete);
  if (sepLine === null) return null;
  const known = delimiter ?? sepLine.delimiter;
  if (known !== null) return { length: sepLine.length, lines: sepLine.length === 0 ? 0 : 1, delimiter: known };
  const found = findDelimiter(text, complete);
  return found === null ? null : { length: 0, lines: 0, delimiter: found };
}

const longestSepLine = 'sep=;\r\n'.length;

/** Null while too little is there to tell. */
function readSepLine(text: Buffer, complete: boolean): { length: number; delimiter: string | null } | null {
  if (text.length < longestSepLine && !complete) return null;
  const match = /^sep=([^"\r\n])(?:\r\n|\n|\r|$)/i.exec(text.toString('latin1', 0, longestSepLine));
  return match === null ? { length: 0, delimiter: null } : { length: match[0].length, delimiter: match[1] ?? null };
}

function findDelimiter(text: Buffer, complete: boolean): string | null {
  const counts = new Map<number, number>(candidates.map((candidate) => [candidate.charCodeAt(0), 0]));
  let quoted = false;
  let started = false;
  for (const byte of text) {
    if (byte === quote) quoted = !quoted;
    const isLineEnd = byte === newline || byte === carriageReturn;
    if (isLineEnd && started && !quoted) return mostFrequent(counts);
    if (!isLineEnd) started = true;
    const count = quoted ? undefined : counts.get(byte);
    if (count !== undefined) counts.set(byte, count + 1);
  }
  return complete ? mostFrequent(counts) : null;
}

function mostFrequent(counts: ReadonlyMap<number, number>): string {
  const count = (candidate: string) => counts.get(candidate.charCodeAt(0)) ?? 0;
  return candidates.reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best), candidates[0]);
}
