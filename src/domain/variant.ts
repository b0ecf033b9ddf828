/** One language variant made ready for many rows: its variables and parts are looked up once, not for every row. */
import type { Finding } from './finding.ts';
import { paramProblems } from './param-values.ts';
import type { Row } from './recipient-source.ts';
import type { Params } from './render-message.ts';
import { checkPart, compilePart } from './row-part.ts';
import { type RowContext, type RowVariable, readVariable, type VariableProblem } from './row-variable.ts';
import { valueProblems } from './sms/sms-template.ts';
import type { Template } from './template.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { templateParts } from './template-parts.ts';
import { templateVariables, variablePlaces } from './variables.ts';

export interface Variant {
  readonly language: string;
  /** The final texts of a row by variable. What is wrong with them is added to `findings`. */
  params(row: Row, findings: Finding[]): Params;
}

/** `now` in milliseconds since 1970: an offer that expires before it is refused. */
export function compileVariant(template: Template, mapping: TemplateMapping, now: number): Variant {
  const { columns } = mapping;
  const variables = templateVariables(template).map(
    (variable): RowVariable => ({
      name: variable.name,
      reader: mapping.param(variable.name).reader,
      places: variablePlaces(variable),
      problems: (value) => problemsOf(template, variable.name, value),
    }),
  );
  // An ordinary object takes no value under this name, and one without a prototype is slower.
  const isOdd = variables.some(({ name }) => name === '__proto__');
  const indices = new Map(variables.map(({ name }, index) => [name, index]));
  const parts = templateParts(template)
    .map((part) => compilePart(part, indices, template))
    .filter(({ holders }) => holders.length > 0);

  return {
    language: template.language,
    params(row, findings) {
      const context: RowContext = { row, columns, findings };
      const before = findings.length;
      const values: string[] = [];
      const params: Record<string, string> = isOdd ? Object.create(null) : {};
      for (const variable of variables) {
        const value = readVariable(variable, context);
        values.push(value);
        params[variable.name] = value;
      }
      // An empty or broken value would only be told a second time by the part that holds it.
      if (findings.length > before) return params;
      for (const part of parts) checkPart(part, values, variables, context, now);
      return params;
    },
  };
}

const none: readonly VariableProblem[] = [];

function problemsOf({ sms }: Template, name: string, value: string): readonly VariableProblem[] {
  if (sms !== null) return valueProblems(name, value, sms);
  const problems = paramProblems(value);
  // Nearly every value has none, and every row of a list comes here.
  if (problems.length === 0) return none;
  return problems.map(({ code, message, hint }) => ({
    code,
    severity: 'error',
    message: `the variable "${name}" ${message}`,
    hint,
  }));
}
