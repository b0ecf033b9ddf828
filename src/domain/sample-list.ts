/** A list that fits a template: the right columns, and one row of examples to be overwritten. */
import { exampleValue } from './sms/sms-template.ts';
import type { Template } from './template.ts';
import { templateVariables } from './variables.ts';

export interface SampleList {
  readonly columns: readonly string[];
  readonly row: readonly string[];
}

/** With its country code, as every number should be. */
const exampleNumber = '8613800000000';

/** The columns of all the variants together, so that the list goes with each of them. */
export function sampleListOf(templates: readonly Template[]): SampleList {
  const variables = [...new Set(templates.flatMap((template) => templateVariables(template).map(({ name }) => name)))];
  const example = (name: string) => templates.flatMap((template) => exampleIn(template, name))[0] ?? name;
  // A variable may be called phone; then the address needs another name.
  const taken = (name: string) => variables.some((variable) => variable.trim().toLowerCase() === name);
  const address = ['phone', 'recipient', 'send_to'].find((name) => !taken(name)) ?? 'recipient_phone';
  return { columns: [address, ...variables], row: [exampleNumber, ...variables.map(example)] };
}

function exampleIn({ examples, sms }: Template, name: string): readonly string[] {
  if (Object.hasOwn(examples, name)) return [examples[name] ?? ''];
  const fitting = sms === null ? null : exampleValue(name, sms);
  return fitting === null ? [] : [fitting];
}
