/**
 * Liquid texts over a row's columns. What could make the outcome depend on the machine or reach beyond the row is
 * closed: no files, no machine time zone, no chance, no prototypes, bounded loops.
 */
import { Liquid, type Template as LiquidTemplate } from 'liquidjs';
import { formatDate, parseDateText } from './date-text.ts';
import { foldHeader, joinHints, listOfColumns, matchColumn } from './match-column.ts';
import { didYouMean } from './suggest.ts';

export interface LiquidText {
  /** Indices of the columns it reads, each once. */
  readonly columns: readonly number[];
  /** Renders it over a row's trimmed cells. Throws an `Error` with a message for the operator where a filter cannot. */
  render(cells: readonly string[]): string;
}

export type LiquidCompilation = { readonly kind: 'ok'; readonly text: LiquidText } | InvalidText;

export interface InvalidText {
  readonly kind: 'invalid';
  /** The name that no column has, where that is all that is wrong: a list that grows columns may yet bring it. */
  readonly unknownColumn: string | null;
  readonly message: string;
  readonly hint: string | null;
}

export interface LiquidCompiler {
  compile(text: string, columns: readonly string[]): LiquidCompilation;
}

/** What one rendering may cost: far above any message, far below what a runaway loop takes. */
const limits = { parseLimit: 100_000, renderLimit: 1_000, memoryLimit: 1_000_000 };

/** Tags that read other templates. */
const closedTags = ['include', 'render', 'layout', 'block'];
/** Filters whose outcome depends on chance, or on the machine's time zone beside the `date` that is replaced. */
const closedFilters = ['sample', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string'];

/** `now` (milliseconds since 1970) is what `{{ 'now' | date }}` means, in UTC. */
export function createLiquidCompiler(now: number): LiquidCompiler {
  const engine = new Liquid({
    ...limits,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // An empty cell is false in `{% if column %}`, which is what its writer means.
    jsTruthy: true,
    locale: 'en-US',
    timezoneOffset: 0,
    templates: {},
  });
  for (const name of closedTags) delete engine.tags[name];
  for (const name of closedFilters) engine.unregisterFilter(name);
  engine.registerFilter('date', (value: unknown, format: unknown = '%Y-%m-%d', ...more: unknown[]) =>
    dateFilter(value, String(format), more, now),
  );

  return {
    compile(text, columns) {
      let templates: LiquidTemplate[];
      try {
        templates = engine.parse(text);
      } catch (error) {
        return invalid(firstLine(error), 'columns are written {{ column }}');
      }
      const scope = scopeOf(engine.globalVariableSegmentsSync(templates, { partials: false }), columns);
      if (scope.kind === 'invalid') return scope;
      const { build, indices } = scope;
      return {
        kind: 'ok',
        text: {
          columns: indices,
          render: remembering(indices, (cells) => {
            try {
              return String(engine.renderSync(templates, build(cells)));
            } catch (error) {
              throw new Error(firstLine(error), { cause: error });
            }
          }),
        },
      };
    },
  };
}

/**
 * For lists whose columns may still become more: those that the text names and the list lacks are taken to stand behind the
 * others. There no row has a cell, so they read as empty, and what a row says does not depend on how far the list was read.
 */
export function compileExpecting(liquid: LiquidCompiler, text: string, columns: readonly string[]): LiquidCompilation {
  let expected = columns;
  for (;;) {
    const compilation = liquid.compile(text, expected);
    if (compilation.kind === 'ok' || compilation.unknownColumn === null) return compilation;
    if (expected.includes(compilation.unknownColumn)) return compilation;
    expected = [...expected, compilation.unknownColumn];
  }
}

/** The tree of names a text reads; the leaves are columns. */
interface ScopeNode {
  readonly children: Map<string, ScopeNode | number>;
}

type ScopeCompilation =
  | {
      readonly kind: 'ok';
      readonly indices: readonly number[];
      readonly build: (cells: readonly string[]) => Record<string, unknown>;
    }
  | InvalidText;

type Segment = string | number | readonly Segment[];

function scopeOf(paths: readonly (readonly Segment[])[], columns: readonly string[]): ScopeCompilation {
  const root: ScopeNode = { children: new Map() };
  const indices = new Set<number>();
  for (const path of paths) {
    const names = path.filter((segment) => typeof segment !== 'object').map(String);
    if (names.length < path.length)
      return invalid('a column is chosen by the value of another', 'name the column itself');
    const column = findColumn(names, columns);
    if (column.kind === 'invalid') return column;
    if (!place(root, names.slice(0, column.length), column.index)) {
      return invalid(
        `"${names[0]}" is both a column and the beginning of other columns`,
        'write the whole name in brackets: {{ ["order.id"] }}',
      );
    }
    indices.add(column.index);
  }
  return { kind: 'ok', indices: [...indices], build: (cells) => fill(root, cells) };
}

/** What Liquid can ask of a text itself. */
const textProperties: ReadonlySet<string> = new Set(['size', 'first', 'last']);

type FoundColumn = { readonly kind: 'found'; readonly index: number; readonly length: number };

/** Finds the column that a path names: `order.id` is the dotted column, and `name.size` the column and a property. */
function findColumn(names: readonly string[], columns: readonly string[]): FoundColumn | InvalidText {
  const whole = matchName(names.join('.'), columns);
  if (whole.kind === 'found') return { kind: 'found', index: whole.index, length: names.length };
  if (whole.kind === 'ambiguous') return ambiguous(names.join('.'), whole.columns);
  if (names.length > 1 && textProperties.has(names.at(-1) ?? '')) {
    const inner = findColumn(names.slice(0, -1), columns);
    if (inner.kind === 'found') return inner;
  }
  const name = names.join('.');
  return {
    kind: 'invalid',
    unknownColumn: name,
    message: `the list has no column "${name}"`,
    hint: joinHints(didYouMean(name, columns), listOfColumns(columns)),
  };
}

/** A name in a text fits a header like every name, and `first_name` also fits `First Name`. */
function matchName(name: string, columns: readonly string[]): ReturnType<typeof matchColumn> {
  const match = matchColumn(name, columns);
  return match.kind === 'unknown' ? matchColumn(name, columns, foldIdentifier) : match;
}

function foldIdentifier(header: string): string {
  return foldHeader(header).replace(/\s+/g, '_');
}

function ambiguous(name: string, columns: readonly string[]): InvalidText {
  const choices = columns.map((column) => `{{ ["${column}"] }}`).join(' or ');
  return invalid(`"${name}" fits several columns`, `write one of them exactly: ${choices}`);
}

/** Puts a column at the end of a path. False where another column stands on the way or the path ends inside a tree. */
function place(node: ScopeNode, path: readonly string[], index: number): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return false;
  const there = node.children.get(name);
  if (rest.length === 0) {
    if (there !== undefined && there !== index) return false;
    node.children.set(name, index);
    return true;
  }
  if (typeof there === 'number') return false;
  const next = there ?? { children: new Map() };
  node.children.set(name, next);
  return place(next, rest, index);
}

function fill(node: ScopeNode, cells: readonly string[]): Record<string, unknown> {
  // A column may be called `__proto__` or `constructor`.
  const scope: Record<string, unknown> = Object.create(null);
  for (const [name, child] of node.children) {
    scope[name] = typeof child === 'number' ? (cells[child] ?? '').trim() : fill(child, cells);
  }
  return scope;
}

type Render = LiquidText['render'];

/** Outcomes kept of a text, and how long a cell may be to be kept with its outcome. */
const kept = { outcomes: 1_000, cellLength: 100 };

/**
 * Keeps the outcomes of a text that reads one column: a rendering takes several microseconds, and the dates, cities and
 * products of a list are few. Nothing but the cell decides the outcome.
 */
function remembering([index, ...others]: readonly number[], render: Render): Render {
  if (index === undefined || others.length > 0) return render;
  const outcomes = new Map<string, string>();
  return (cells) => {
    const cell = cells[index] ?? '';
    const known = outcomes.get(cell);
    if (known !== undefined) return known;
    const outcome = render(cells);
    if (outcomes.size === kept.outcomes) outcomes.clear();
    if (cell.length <= kept.cellLength) outcomes.set(cell, outcome);
    return outcome;
  };
}

function dateFilter(value: unknown, format: string, more: readonly unknown[], now: number): string {
  if (value === undefined || value === null || value === '') return '';
  if (more.length > 0) throw new RangeError('date takes a format and nothing else: it shows a date as the cell has it');
  const text = String(value);
  const date = text === 'now' || text === 'today' ? { wallMs: now, offsetMinutes: 0 } : parseDateText(text);
  if (date === null) throw new RangeError(`"${text}" is not a date such as 2026-11-21 or 2026-11-21 10:00`);
  return formatDate(date, format);
}

function invalid(message: string, hint: string | null): InvalidText {
  return { kind: 'invalid', unknownColumn: null, message, hint };
}

/** liquidjs adds the place and an extract of the text on further lines. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/, line:\d+, col:\d+$/, '');
}
