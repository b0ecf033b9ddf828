/** A template for a person: its message as the reader sees it, with the variables left visible, and what is known of it. */

import { ownValue } from '../../domain/own-value.ts';
import { renderMessage } from '../../domain/render-message.ts';
import type { Template } from '../../domain/template.ts';
import { templateVariables, variablePlaces } from '../../domain/variables.ts';
import { hanging } from './hanging.ts';
import { palette } from './palette.ts';
import { renderPreview } from './preview.ts';
import { renderTable } from './table.ts';
import { inertLine } from './wide-text.ts';

export interface TemplateDetailsOptions {
  readonly width: number;
  readonly colour: boolean;
  /** Where the review stands, in words. */
  readonly state: string;
}

export function renderTemplate(template: Template, { width, colour, state }: TemplateDetailsOptions): string {
  const { bold } = palette(colour);
  const { name, code, language, category, quality, reason, unsupported } = template;
  const title = [
    name === code ? name : `${name} (${code})`,
    language,
    state,
    ...(category === null ? [] : [category]),
    ...(quality === null ? [] : [`quality ${quality}`]),
  ];
  return [
    bold(inertLine(title.join('  '))),
    ...(reason === null ? [] : hanging('reason: ', inertLine(reason), width)),
    renderPreview(renderMessage(template, {}), { width, colour }),
    ...(unsupported.length === 0 ? [] : hanging('not drawn: ', inertLine(unsupported.join(', ')), width)),
    variablesText(template),
  ].join('\n');
}

function variablesText(template: Template): string {
  const variables = templateVariables(template);
  if (variables.length === 0) return 'no variables';
  const rows = variables.map((variable) => {
    const example = ownValue(template.examples, variable.name);
    return [`$(${variable.name})`, variablePlaces(variable), example === undefined ? '' : `such as ${example}`].map(
      inertLine,
    );
  });
  return `variables\n${renderTable(rows, { indent: 2 })}`;
}
