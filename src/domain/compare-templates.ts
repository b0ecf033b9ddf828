/** Two language variants side by side: which variables differ, and which parts. */
import type { Template, TemplateButton, TemplateHeader } from './template.ts';
import { templateVariables, variablePlaces } from './variables.ts';

export interface PartDifference {
  /** `body`, `button 2`, `card 1 header` */
  readonly part: string;
  /** The text of each, or null where it has no such part. */
  readonly left: string | null;
  readonly right: string | null;
}

export interface VariableDifference {
  readonly name: string;
  /** Where it stands in each, in words, or null where it is not. */
  readonly left: string | null;
  readonly right: string | null;
}

export interface TemplateComparison {
  /** Those that only one of them has, or that stand elsewhere. */
  readonly variables: readonly VariableDifference[];
  readonly parts: readonly PartDifference[];
}

export function compareTemplates(left: Template, right: Template): TemplateComparison {
  return {
    variables: differences(placesOf(left), placesOf(right)).map(([name, one, other]) => ({
      name,
      left: one,
      right: other,
    })),
    parts: differences(partsOf(left), partsOf(right)).map(([part, one, other]) => ({ part, left: one, right: other })),
  };
}

/** In the order of the left, then what only the right has. */
function differences(
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
): readonly (readonly [string, string | null, string | null])[] {
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((key) => [key, left.get(key) ?? null, right.get(key) ?? null] as const)
    .filter(([, one, other]) => one !== other);
}

function placesOf(template: Template): ReadonlyMap<string, string> {
  return new Map(templateVariables(template).map((variable) => [variable.name, variablePlaces(variable)]));
}

function partsOf({ header, body, footer, offer, buttons, cards }: Template): ReadonlyMap<string, string> {
  return new Map([
    ...headerEntry('header', header),
    ...(body === null ? [] : [['body', body.raw] as const]),
    ...(footer === null ? [] : [['footer', footer] as const]),
    ...(offer === null ? [] : [['offer', offer.text.raw] as const]),
    ...buttonEntries('', buttons),
    ...cards.flatMap((card, index) => {
      const owner = `card ${index + 1} `;
      return [
        ...headerEntry(`${owner}header`, card.header),
        ...(card.body === null ? [] : [[`${owner}body`, card.body.raw] as const]),
        ...buttonEntries(owner, card.buttons),
      ];
    }),
  ]);
}

type Entry = readonly [part: string, text: string];

function headerEntry(part: string, header: TemplateHeader | null): readonly Entry[] {
  if (header === null) return [];
  return [[part, header.kind === 'text' ? header.text.raw : `${header.format} ${header.url.raw}`]];
}

function buttonEntries(owner: string, buttons: readonly TemplateButton[]): readonly Entry[] {
  return buttons.map((button, index) => [`${owner}button ${index + 1}`, buttonText(button)]);
}

function buttonText(button: TemplateButton): string {
  switch (button.kind) {
    case 'quickReply':
      return `reply "${button.label}"`;
    case 'call':
      return `call "${button.label}" ${button.phoneNumber}`;
    case 'url':
      return `link "${button.label}" ${button.url.raw}`;
    case 'copyCode':
      return `coupon "${button.label}" ${button.coupon.raw}`;
    case 'other':
      return `${button.type} "${button.label}"`;
  }
}
