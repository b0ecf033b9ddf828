/** Where the value of each variable comes from in this list: a cell, or a Liquid text over cells. */
import type { ParamSource } from './campaign.ts';
import type { Finding } from './finding.ts';
import { compileExpecting, type LiquidCompiler, type LiquidText } from './liquid-text.ts';
import { columnFinding, joinHints, listOfColumns, matchColumn } from './match-column.ts';
import { nearest } from './suggest.ts';

export type ParamReader =
  | { readonly kind: 'cell'; readonly index: number }
  | { readonly kind: 'text'; readonly text: LiquidText }
  /** No column gives it, or none yet: it reads as an empty cell. */
  | { readonly kind: 'absent' };

export interface CompiledParam {
  readonly reader: ParamReader;
  readonly finding: Finding | null;
  /** True where a column that has not appeared yet would settle the finding. */
  readonly mayAppear: boolean;
}

/** Compiles the source that the campaign gives for a variable. */
export function compileParam(
  variable: string,
  source: ParamSource,
  columns: readonly string[],
  liquid: LiquidCompiler,
): CompiledParam {
  if (source.kind === 'column') return compileColumn(variable, source.column, columns);
  const compilation = liquid.compile(source.text, columns);
  if (compilation.kind === 'ok') return settled({ kind: 'text', text: compilation.text });
  const expecting = compileExpecting(liquid, source.text, columns);
  return {
    reader: expecting.kind === 'ok' ? { kind: 'text', text: expecting.text } : absent,
    mayAppear: compilation.unknownColumn !== null,
    finding: {
      row: null,
      column: null,
      code: 'PARAM_TEXT_INVALID',
      severity: 'fatal',
      value: source.text,
      message: `the text for variable "${variable}": ${compilation.message}`,
      hint: compilation.hint,
    },
  };
}

/** Compiles a variable that the campaign says nothing about: it takes the column of its own name. */
export function compileOwnColumn(variable: string, columns: readonly string[]): CompiledParam {
  const compiled = compileColumn(variable, variable, columns);
  if (!compiled.mayAppear) return compiled;
  const close = nearest(variable, columns);
  return {
    ...compiled,
    finding: {
      row: null,
      column: null,
      code: 'VARIABLE_UNFILLED',
      severity: 'fatal',
      value: variable,
      message: `nothing fills the variable "${variable}" of the template`,
      hint: joinHints(
        close === null
          ? `name its column under template.params, such as ${variable}: column;`
          : `did you mean the column "${close}"? write ${variable}: ${close} under template.params;`,
        listOfColumns(columns),
      ),
    },
  };
}

/** The value for one row, without outer blanks. Throws an `Error` where a Liquid filter cannot work on the cell. */
export function readParam(reader: ParamReader, cells: readonly string[]): string {
  switch (reader.kind) {
    case 'cell':
      return (cells[reader.index] ?? '').trim();
    case 'text':
      return reader.text.render(cells).trim();
    case 'absent':
      return '';
  }
}

/** Indices of the columns that a value is made of. */
export function columnsRead(reader: ParamReader): readonly number[] {
  switch (reader.kind) {
    case 'cell':
      return [reader.index];
    case 'text':
      return reader.text.columns;
    case 'absent':
      return [];
  }
}

const absent: ParamReader = { kind: 'absent' };

function settled(reader: ParamReader): CompiledParam {
  return { reader, finding: null, mayAppear: false };
}

function compileColumn(variable: string, column: string, columns: readonly string[]): CompiledParam {
  const match = matchColumn(column, columns);
  if (match.kind === 'found') return settled({ kind: 'cell', index: match.index });
  const finding = columnFinding(column, match, columns, `the variable "${variable}"`);
  return { reader: absent, finding, mayAppear: match.kind === 'unknown' };
}
