/** A line with a label, whose text goes on below itself where it does not fit. */
import { widthOf, wrap } from './wide-text.ts';

/** `text` may not have colours; `label` may. Below the least sensible width the text runs on past `width`. */
export function hanging(label: string, text: string, width: number): string[] {
  const indent = widthOf(label);
  const [first = '', ...others] = wrap(text, Math.max(leastTextWidth, width - indent));
  return [label + first, ...others.map((line) => ' '.repeat(indent) + line)];
}

const leastTextWidth = 20;
