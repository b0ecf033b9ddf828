/**
 * Values of a campaign that have texts in them: groups and lists, of which every text may be a Liquid text over the
 * columns of a row. Compiled once for a list, and filled for every row.
 */
import type { Finding } from './finding.ts';
import type { JsonValue } from './json-value.ts';
import { compileExpecting, type LiquidCompiler, type LiquidText } from './liquid-text.ts';

/** Null is a field without a value. */
export type TextTree = string | null | readonly TextTree[] | { readonly [field: string]: TextTree };

/** Texts are filled and keep their outer blanks; nothing else changes its kind. */
export interface CompiledTree {
  /** Indices of the columns it reads, each once. */
  readonly columns: readonly number[];
  /** The same for every row: none of its texts reads a column, or might once there are more of them. */
  readonly isFixed: boolean;
  /** Those that the texts at or below a path read. */
  columnsAt(path: string): readonly number[];
  /** What is wrong with its texts. While columns may still appear, one that names a missing column is not among them. */
  readonly findings: readonly Finding[];
  /** Throws a `TreeFillError` where a filter cannot work on a cell. A text that is wrong reads as an empty one. */
  fill(cells: readonly string[]): JsonValue;
}

export class TreeFillError extends Error {
  /** Where the text stands, such as `message.content.text`. */
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.path = path;
  }
}

export interface TreeContext {
  readonly columns: readonly string[];
  /** No further column can appear. */
  readonly complete: boolean;
  readonly liquid: LiquidCompiler;
}

/** `path` is where the tree stands in the campaign, such as `message.content`. */
export function compileTree(tree: TextTree, path: string, context: TreeContext): CompiledTree {
  /** Indices of the columns read, by where the text stands. */
  const read = new Map<string, readonly number[]>();
  const findings: Finding[] = [];
  let isFixed = true;
  const filler = compileNode(tree, path, (text, at) => {
    if (!/\{[{%]/.test(text)) return () => text;
    const compiled = compileText(text, at, context);
    read.set(at, compiled.columns);
    if (!compiled.isFixed) isFixed = false;
    if (compiled.finding !== null) findings.push(compiled.finding);
    return compiled.fill;
  });
  const columnsAt = (place: string) => [
    ...new Set([...read].filter(([at]) => isWithin(at, place)).flatMap(([, columns]) => columns)),
  ];
  return { columns: columnsAt(path), isFixed, columnsAt, findings, fill: filler };
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

type Filler = (cells: readonly string[]) => JsonValue;
type CompileText = (text: string, path: string) => Filler;

function compileNode(node: TextTree, path: string, compile: CompileText): Filler {
  if (node === null) return () => null;
  if (typeof node === 'string') return compile(node, path);
  if (isList(node)) {
    const items = node.map((item, index) => compileNode(item, `${path}[${index}]`, compile));
    return (cells) => items.map((item) => item(cells));
  }
  const fields = Object.entries(node).map(
    ([field, inner]) => [field, compileNode(inner, `${path}.${field}`, compile)] as const,
  );
  return (cells) => Object.fromEntries(fields.map(([field, fill]) => [field, fill(cells)]));
}

function isList(node: Exclude<TextTree, string | null>): node is readonly TextTree[] {
  return Array.isArray(node);
}

interface CompiledText {
  readonly isFixed: boolean;
  readonly columns: readonly number[];
  readonly finding: Finding | null;
  readonly fill: Filler;
}

function compileText(text: string, path: string, context: TreeContext): CompiledText {
  const { columns: known, complete, liquid } = context;
  const compilation = complete ? liquid.compile(text, known) : compileExpecting(liquid, text, known);
  if (compilation.kind === 'ok') {
    // Those that are only expected have no index in the list yet.
    const columns = compilation.text.columns.filter((index) => index < known.length);
    const isFixed = compilation.text.columns.length === 0;
    return { isFixed, columns, finding: null, fill: fillerOf(compilation.text, path) };
  }
  const finding: Finding = {
    row: null,
    column: null,
    code: 'PARAM_TEXT_INVALID',
    severity: 'fatal',
    value: text,
    message: `the text of ${path}: ${compilation.message}`,
    hint: compilation.hint,
  };
  return { isFixed: false, columns: [], finding, fill: () => '' };
}

function fillerOf(text: LiquidText, path: string): Filler {
  return (cells) => {
    try {
      return text.render(cells);
    } catch (error) {
      throw new TreeFillError(path, error);
    }
  };
}
