/** How a campaign lies over the columns of a list: which column is the address, which the language, which fill variables. */
import type { Campaign } from './campaign.ts';
import type { Finding } from './finding.ts';
import type { LiquidCompiler } from './liquid-text.ts';
import { columnFinding, matchColumn } from './match-column.ts';
import { type CompiledParam, columnsRead, compileOwnColumn, compileParam } from './params.ts';
import { nearest } from './suggest.ts';

export interface ListMapping {
  readonly columns: readonly string[];
  /** Index of the address column; -1 where there is none, or none yet. */
  readonly to: number;
  /** Index of the language column; -1 where there is none, none yet, or the language is fixed. */
  readonly language: number;
  /** By variable: those that the campaign names a source for. */
  readonly given: ReadonlyMap<string, CompiledParam>;
  /** What is wrong with the names in the campaign. While columns may still appear, a missing one is no finding. */
  readonly findings: readonly Finding[];
  /** The source of a variable, named in the campaign or not. */
  param(variable: string): CompiledParam;
}

/** `complete`: no further column can appear. */
export function mapList(
  campaign: Campaign,
  columns: readonly string[],
  complete: boolean,
  liquid: LiquidCompiler,
): ListMapping {
  const findings: Finding[] = [];
  const find = (name: string, use: string): number => {
    const match = matchColumn(name, columns);
    if (match.kind === 'found') return match.index;
    if (complete || match.kind === 'ambiguous') findings.push(columnFinding(name, match, columns, use));
    return -1;
  };

  const { language, params } = campaign.template;
  const to = find(campaign.recipients.to, 'the address');
  const languageIndex = language.kind === 'column' ? find(language.column, 'the language') : -1;
  const given = new Map<string, CompiledParam>();
  for (const [variable, source] of Object.entries(params)) {
    const compiled = compileParam(variable, source, columns, liquid);
    given.set(variable, compiled);
    if (compiled.finding !== null && (complete || !compiled.mayAppear)) findings.push(compiled.finding);
  }
  const param = (variable: string): CompiledParam => given.get(variable) ?? compileOwnColumn(variable, columns);
  return { columns, to, language: languageIndex, given, findings, param };
}

/** Findings about variables that the campaign says nothing about and no column is called. */
export function unfilledVariables(mapping: ListMapping, variables: Iterable<string>): readonly Finding[] {
  return [...variables].flatMap((variable) => {
    if (mapping.given.has(variable)) return [];
    const { finding } = mapping.param(variable);
    return finding === null ? [] : [finding];
  });
}

/** Findings about params of the campaign that no variant of the template has. */
export function unknownParams(mapping: ListMapping, variables: ReadonlySet<string>): readonly Finding[] {
  const names = [...variables];
  return [...mapping.given.keys()]
    .filter((name) => !variables.has(name))
    .map((name) => {
      const close = nearest(name, names);
      const known = names.length === 0 ? 'it has none' : `it has: ${names.join(', ')}`;
      return {
        row: null,
        column: null,
        code: 'PARAM_UNKNOWN',
        severity: 'fatal',
        value: name,
        message: `the template has no variable "${name}"`,
        hint: close === null ? known : `did you mean "${close}"? ${known}`,
      };
    });
}

/** Columns that sendoff itself adds to the lists it gives back, such as `sendoff_problem`. */
const ownPrefix = 'sendoff_';

/** Tells the columns that nothing uses, and for each which name without a column it may have been meant for. */
export function unusedColumns(mapping: ListMapping, variables: ReadonlySet<string>): readonly Finding[] {
  const params = [...variables].map((variable) => ({ variable, ...mapping.param(variable) }));
  const used = new Set([mapping.to, mapping.language, ...params.flatMap(({ reader }) => columnsRead(reader))]);
  const wanting = params.filter(({ finding }) => finding !== null).map(({ variable }) => variable);
  return mapping.columns.flatMap((column, index) => {
    if (used.has(index) || column.trim() === '' || column.startsWith(ownPrefix)) return [];
    const close = nearest(column, wanting);
    return {
      row: null,
      column,
      code: 'COLUMN_UNUSED',
      severity: 'info',
      value: null,
      message: `nothing uses the column "${column}"`,
      hint: close === null ? null : `was it meant for the variable "${close}"?`,
    } as const;
  });
}
