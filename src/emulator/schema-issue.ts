/** Words for what a schema found wrong, naming the key as one would write it: `faults[2].share must be …`. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

export function firstIssue(error: z.ZodError): Issue {
  const [issue] = error.issues;
  if (issue === undefined) throw new Error('a schema refused a value without saying why');
  return issue;
}

export function describeIssue(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    return `unknown key ${issue.keys.map((key) => `"${pathText([...issue.path, key])}"`).join(', ')}`;
  }
  const message = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  return issue.path.length === 0 ? message : `${pathText(issue.path)} ${message}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
