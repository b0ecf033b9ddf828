/** Two languages of a template side by side, for a person. */
import type { TemplateComparison } from '../../domain/compare-templates.ts';
import { hanging } from './hanging.ts';
import { inertLine } from './wide-text.ts';

export interface ComparisonOptions {
  readonly left: string;
  readonly right: string;
  readonly width: number;
}

export function renderComparison({ variables, parts }: TemplateComparison, options: ComparisonOptions): string {
  const { left, right, width } = options;
  const label = Math.max(left.length, right.length);
  const side = (language: string, text: string | null) =>
    hanging(`    ${language.padEnd(label)}  `, inertLine(text ?? 'not there'), width);
  const variableLines = variables.flatMap((variable) => [
    inertLine(`  $(${variable.name})`),
    ...side(left, variable.left),
    ...side(right, variable.right),
  ]);
  const partLines = parts.flatMap((each) => [`  ${each.part}`, ...side(left, each.left), ...side(right, each.right)]);
  return [
    variables.length === 0 ? `variables: the same in ${left} and ${right}` : 'variables that differ',
    ...variableLines,
    parts.length === 0 ? `parts: the same in ${left} and ${right}` : 'parts that differ',
    ...partLines,
  ].join('\n');
}
