/** Checks of links: to media, and behind buttons. What makes a link public is told in one place, `part-rules.ts`. */
import { partProblem } from '../part-rules.ts';
import { type Check, type Complaint, type ContentProblem, problemAt } from './content-problem.ts';
import { type FileRule, wellKnownExtensions } from './media-formats.ts';
import { text } from './value-checks.ts';

/** A public https link to a file of the kind; `longest` in characters, known from other providers only. */
export function mediaLink(format: FileRule, longest?: number): Check {
  return (value, path) => {
    const lengths = text({ ...(longest !== undefined && { longest }), severity: 'warning' })(value, path);
    if (typeof value !== 'string' || value === '') return lengths;
    const complaint = mediaComplaint(value) ?? fileComplaint(value, format);
    return [...lengths, ...told(complaint, value, path)];
  };
}

/** A link that a button opens: http or https. */
export const webLink: Check = (value, path) => {
  if (typeof value !== 'string' || value === '') return text()(value, path);
  const problem = partProblem('buttonUrl', value, '', 0);
  return told(problem && { ...problem, message: `"${value}" ${problem.message}` }, value, path);
};

function mediaComplaint(url: string): Complaint | null {
  const problem = partProblem('mediaUrl', url, '', 0);
  return problem && { ...problem, message: `"${url}" ${problem.message}` };
}

/** A link whose path has no ending may lead to anything, and passes. */
function fileComplaint(url: string, format: FileRule): Complaint | null {
  const extension = extensionOf(URL.parse(url)?.pathname ?? '');
  if (extension === null || format.extensions.length === 0 || format.extensions.includes(extension)) return null;
  const certain = format.complete && wellKnownExtensions.has(extension);
  const size = format.size === null ? '' : `, at most ${format.size}`;
  return {
    code: 'CONTENT_FILE_TYPE',
    severity: certain ? 'error' : 'warning',
    message: `ends in ".${extension}", which is not known as ${format.what}`,
    hint: `give a link to ${format.extensions.join(', ')}${size}`,
  };
}

/** The ending of a file's name, lower case and without the dot; null where it has none. */
export function extensionOf(name: string): string | null {
  return /\.([a-z0-9]*[a-z][a-z0-9]*)$/i.exec(name)?.[1]?.toLowerCase() ?? null;
}

function told(complaint: Complaint | null, value: string, path: string): readonly ContentProblem[] {
  return complaint === null ? [] : [problemAt(path, value, complaint)];
}
