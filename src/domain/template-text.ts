/** Cuts the texts of a template at their variables, which the service writes `$(name)`. */
import type { TemplateText, TextPiece } from './template.ts';

/** A name is anything but a closing parenthesis, so `$(1)` and `$(first name)` both are; `$()` is not a variable. */
const variable = /\$\(([^)]+)\)/g;

/** Never fails: what does not close, such as `$(name`, is literal text. Joining the pieces gives `raw` back. */
export function parseTemplateText(raw: string): TemplateText {
  return cutText(raw, variable);
}

/** Cuts at whatever `variable` matches; its first group is the name. Joining the pieces gives `raw` back. */
export function cutText(raw: string, variable: RegExp): TemplateText {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of raw.matchAll(variable)) {
    const [whole, name = ''] = match;
    if (match.index > end) pieces.push({ kind: 'literal', text: raw.slice(end, match.index) });
    pieces.push({ kind: 'variable', name });
    end = match.index + whole.length;
  }
  if (end < raw.length) pieces.push({ kind: 'literal', text: raw.slice(end) });
  return { raw, pieces };
}
