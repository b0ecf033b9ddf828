/** What WhatsApp refuses about the values of a template message. Sources: its error codes 132000, 132005 and 132018. */
import { type Refusal, refuse } from './refusals.ts';
import { fillText, type StoredTemplate } from './template-store.ts';
import type { WireComponent } from './wire-template.ts';

/** Most characters of a part once it is filled. Source: the CreateChatappTemplate page. */
const longest: Readonly<Record<string, number>> = { BODY: 1024, HEADER: 60 };

/** Null when the values fit. They must be exactly those the template has variables for. */
export function checkTemplateValues(
  { wire, variables }: StoredTemplate,
  params: Readonly<Record<string, string>>,
): Refusal | null {
  const given = Object.keys(params);
  if (given.length !== variables.size || !given.every((name) => variables.has(name))) {
    return refuse('132000', `The template has: ${[...variables].join(', ') || 'none'}.`);
  }
  if (given.some((name) => params[name] === '')) return refuse('TemplateParamInvalid', 'A value is empty.');
  if (given.some((name) => /[\n\r\t]| {5}/.test(params[name] ?? ''))) return refuse('132018');
  const components = [...wire.Components, ...wire.Components.flatMap(cardComponents)];
  return checkParts(components, params);
}

function cardComponents({ Cards = [] }: WireComponent): readonly WireComponent[] {
  return Cards.flatMap(({ CardComponents }) => CardComponents);
}

function checkParts(components: readonly WireComponent[], params: Readonly<Record<string, string>>): Refusal | null {
  for (const { Type, Text, Url } of components) {
    const limit = longest[Type];
    if (limit !== undefined && Text !== undefined && countCharacters(fillText(Text, params)) > limit) {
      return refuse('132005', `A ${Type} has at most ${limit} characters.`);
    }
    if (Type === 'HEADER' && Url !== undefined && !/^https?:\/\/\S+$/.test(fillText(Url, params))) {
      return refuse('InvalidParameter.FileUrlError');
    }
  }
  return null;
}

/** Code points: the more generous reading, since the pages do not say which is meant. */
function countCharacters(text: string): number {
  return [...text].length;
}
