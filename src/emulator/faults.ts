/** Reads faults from a file (YAML, and so JSON) and from `--fault` flags. Mistakes name the place and the key. */
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { EmulatorOptionError } from './emulator-option-error.ts';
import { type FaultRule, faultNames, faultRuleSchema } from './fault-rule.ts';
import { describeIssue, firstIssue } from './schema-issue.ts';

const fileSchema = z.strictObject(
  { faults: z.array(faultRuleSchema, 'must be a list of faults') },
  'must be a mapping',
);

/** `fileName` is only named in errors. Throws `EmulatorOptionError` at the first mistake, with line and column. */
export function parseFaults(text: string, fileName: string): readonly FaultRule[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${fileName}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new EmulatorOptionError(`${place(broken.pos[0])}: not valid YAML: ${lowerFirst(broken.message)}`, {
      cause: broken,
    });
  }
  const parsed = fileSchema.safeParse(toValue(document, fileName));
  if (parsed.success) return parsed.data.faults;
  const issue = firstIssue(parsed.error);
  throw new EmulatorOptionError(`${place(offsetOf(document, issue.path))}: ${describeIssue(issue)}`, {
    hint: 'samples/faults.yaml shows every fault and its keys',
  });
}

/** An alias that names no anchor is found only here, and without its place. */
function toValue(document: ReturnType<typeof parseDocument>, fileName: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw new EmulatorOptionError(`${fileName}: not valid YAML: ${lowerFirst(cause.message)}`, { cause });
  }
}

/** Where the value stands; where it is missing, the nearest thing around it that is there. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, 'range') : undefined;
    if (Array.isArray(range) && typeof range[0] === 'number') return range[0];
  }
  return 0;
}

/**
 * One fault as a flag: `cut-after=2%`, `hang-before` (every request), `refuse:131026=5%`, `throttle:130429=1%`,
 * `latency=20-120` or `latency=80` (milliseconds). Throws `EmulatorOptionError`.
 */
export function parseFaultFlag(text: string): FaultRule {
  const [, fault = '', code, value] = /^([^:=]*)(?::([^=]*))?(?:=(.*))?$/.exec(text) ?? [];
  const rule = fault === 'latency' ? latencyRule(value) : { fault, code, share: value };
  const parsed = faultRuleSchema.safeParse(withoutUndefined(rule));
  if (parsed.success) return parsed.data;
  const issue = firstIssue(parsed.error);
  throw new EmulatorOptionError(`fault "${text}": ${describeIssue(issue)}`, {
    hint: `write cut-after=2%, refuse:131026=5% or latency=20-120; faults are ${faultNames.join(', ')}`,
  });
}

function latencyRule(value: string | undefined): Record<string, unknown> {
  const [, min, max] = /^(\d+)(?:-(\d+))?$/.exec(value ?? '') ?? [];
  return { fault: 'latency', minMs: toNumber(min), maxMs: toNumber(max ?? min) };
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function withoutUndefined(rule: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
