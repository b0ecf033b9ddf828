/** How a template lies over the columns of a list: which column is the language, which fill variables. */
import type { TemplateChoice } from './campaign.ts';
import type { Finding } from './finding.ts';
import type { LiquidCompiler } from './liquid-text.ts';
import { columnFinding, matchColumn } from './match-column.ts';
import { type CompiledParam, columnsRead, compileOwnColumn, compileParam } from './params.ts';
import { nearest } from './suggest.ts';

export interface TemplateMapping {
  readonly columns: readonly string[];
  /** Index of the language column; -1 where there is none, none yet, or the language is fixed. */
  readonly language: number;
  /** By variable: those that the campaign names a source for. */
  readonly given: ReadonlyMap<string, CompiledParam>;
  /** What is wrong with the names in the campaign. While columns may still appear, a missing one is no finding. */
  readonly findings: readonly Finding[];
  /** The source of a variable, named in the campaign or not. */
  param(variable: string): CompiledParam;
}

/** A column by its name in the campaign; the index is -1 where there is none, or none yet. */
export interface FoundColumn {
  readonly index: number;
  readonly findings: readonly Finding[];
}

const notThere: FoundColumn = { index: -1, findings: [] };

/** `use` is what the column is for, such as `the address`. While columns may still appear, a missing one is no finding. */
export function findColumn(name: string, use: string, columns: readonly string[], complete: boolean): FoundColumn {
  const match = matchColumn(name, columns);
  if (match.kind === 'found') return { index: match.index, findings: [] };
  const told = complete || match.kind === 'ambiguous';
  return { index: -1, findings: told ? [columnFinding(name, match, columns, use)] : [] };
}

/** `complete`: no further column can appear. */
export function mapTemplate(
  { language, params }: TemplateChoice,
  columns: readonly string[],
  complete: boolean,
  liquid: LiquidCompiler,
): TemplateMapping {
  const findings: Finding[] = [];
  const found = language.kind === 'column' ? findColumn(language.column, 'the language', columns, complete) : notThere;
  findings.push(...found.findings);
  const given = new Map<string, CompiledParam>();
  for (const [variable, source] of Object.entries(params)) {
    const compiled = compileParam(variable, source, columns, liquid);
    given.set(variable, compiled);
    if (compiled.finding !== null && (complete || !compiled.mayAppear)) findings.push(compiled.finding);
  }
  const param = (variable: string): CompiledParam => given.get(variable) ?? compileOwnColumn(variable, columns);
  return { columns, language: found.index, given, findings, param };
}

/** Findings about variables that the campaign says nothing about and no column is called. */
export function unfilledVariables(mapping: TemplateMapping, variables: Iterable<string>): readonly Finding[] {
  return [...variables].flatMap((variable) => {
    if (mapping.given.has(variable)) return [];
    const { finding } = mapping.param(variable);
    return finding === null ? [] : [finding];
  });
}

/** Findings about params of the campaign that no variant of the template has. */
export function unknownParams(mapping: TemplateMapping, variables: ReadonlySet<string>): readonly Finding[] {
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

/** What the variables of a template read, and the variables that nothing fills. */
export function columnsOf(
  mapping: TemplateMapping,
  variables: ReadonlySet<string>,
): { readonly used: readonly number[]; readonly wanting: readonly string[] } {
  const params = [...variables].map((variable) => ({ variable, ...mapping.param(variable) }));
  return {
    used: [mapping.language, ...params.flatMap(({ reader }) => columnsRead(reader))],
    wanting: params.filter(({ finding }) => finding !== null).map(({ variable }) => variable),
  };
}
