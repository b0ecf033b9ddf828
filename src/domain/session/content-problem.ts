/** What is wrong with the content of a session message. Values, never exceptions. */
import type { FindingCode } from '../finding-codes.ts';
import type { JsonValue } from '../json-value.ts';

export interface ContentProblem {
  readonly code: FindingCode;
  /** Keys from the top of the content down, such as `link` or `action.buttons[2].reply.title`; empty for all of it. */
  readonly path: string;
  /** `error`: the service would refuse the message. `warning`: it may go, and a person should look first. */
  readonly severity: 'error' | 'warning';
  /** What stands there, as text; null where nothing does. */
  readonly value: string | null;
  /** Lower case, no final period; names the key. */
  readonly message: string;
  readonly hint: string | null;
}

/** A check of one value: what is wrong with it and with everything beneath it. */
export type Check = (value: JsonValue, path: string) => readonly ContentProblem[];

/** What a problem says, before it is known where. `message` goes on after the path, or `the content`: `is not a text`. */
export interface Complaint {
  readonly code: FindingCode;
  readonly severity?: 'error' | 'warning';
  readonly message: string;
  readonly hint: string | null;
}

export function problemAt(path: string, value: JsonValue | undefined, complaint: Complaint): ContentProblem {
  const { code, severity = 'error', message, hint } = complaint;
  return {
    code,
    path,
    severity,
    value: shown(value),
    message: `${path === '' ? 'the content' : path} ${message}`,
    hint,
  };
}

export function keyPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

export function itemPath(path: string, index: number): string {
  return `${path}[${index}]`;
}

function shown(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
