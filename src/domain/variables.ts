/** The variables of a template and where each of them stands. All of them are required. */
import type { Template } from './template.ts';
import { partName, type TemplatePart, templateParts, variableNames } from './template-parts.ts';

export interface TemplateVariable {
  readonly name: string;
  /** Every part that holds it, in reading order; at least one. */
  readonly parts: readonly TemplatePart[];
}

/** Each variable once, in the order in which a reader meets them. */
export function templateVariables(template: Template): readonly TemplateVariable[] {
  const parts = new Map<string, TemplatePart[]>();
  for (const part of templateParts(template)) {
    for (const name of variableNames(part.text)) {
      const known = parts.get(name);
      if (known === undefined) parts.set(name, [part]);
      else known.push(part);
    }
  }
  return [...parts].map(([name, places]) => ({ name, parts: places }));
}

/** Where a variable stands, in words: `the header and the body`. */
export function variablePlaces(variable: TemplateVariable): string {
  return variable.parts.map(partName).join(' and ');
}
