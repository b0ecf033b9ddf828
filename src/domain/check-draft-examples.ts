/** The examples of a draft: one for every variable, and each of them a value that could be sent. */
import { type DraftProblem, draftError } from './draft-problem.ts';
import { ownValue } from './own-value.ts';
import { countCharacters, hasForm, longestPart, partProblem } from './part-rules.ts';
import { didYouMean } from './suggest.ts';
import type { TemplateDraft } from './template-draft.ts';
import { templateOfDraft } from './template-draft-model.ts';
import { partName, type TemplatePart, templateParts } from './template-parts.ts';
import { templateVariables, variablePlaces } from './variables.ts';

/** Later than any moment at which a draft is written, so that no example is in the past; an expiry is no example. */
const noMoment = 0;

export function checkExamples(draft: TemplateDraft): DraftProblem[] {
  const template = templateOfDraft(draft);
  const variables = templateVariables(template);
  const { examples } = draft;
  const missing = variables
    .filter(({ name }) => !Object.hasOwn(examples, name))
    .map((variable) =>
      draftError(
        ['examples'],
        `"$(${variable.name})" in ${variablePlaces(variable)} has no example`,
        `add ${variable.name}: … under examples, as a reader could get it`,
      ),
    );
  const names = variables.map(({ name }) => name);
  const unknown = Object.keys(examples)
    .filter((name) => !names.includes(name))
    .map((name) =>
      draftError(
        ['examples', name],
        `no variable "$(${name})" in the template`,
        didYouMean(name, names) ?? 'remove the line',
      ),
    );
  const values = Object.entries(examples).flatMap(([name, value]) => checkValue(name, value));
  if (missing.length + unknown.length + values.length > 0) return [...missing, ...unknown, ...values];
  return templateParts(template).flatMap((part) => checkFilled(part, draft, template));
}

/** Source: WhatsApp error 132018. */
function checkValue(name: string, value: string): DraftProblem[] {
  const problem = (message: string, hint: string) => [draftError(['examples', name], message, hint)];
  if (value.trim() === '') return problem(`the example of "$(${name})" is blank`, 'write what a reader could get');
  if (/[\r\n\t]/.test(value)) return problem(`the example of "$(${name})" has a line break or a tab`, 'use blanks');
  if (/ {5}/.test(value)) return problem(`the example of "$(${name})" has more than four blanks in a row`, 'use one');
  return [];
}

/** A part with its examples in it, held to what every message is held to. */
function checkFilled(
  part: TemplatePart,
  { examples }: TemplateDraft,
  template: ReturnType<typeof templateOfDraft>,
): DraftProblem[] {
  const names = part.text.pieces.flatMap((piece) => (piece.kind === 'variable' ? [piece.name] : []));
  const [first] = names;
  const filled = part.text.pieces
    .map((piece) => (piece.kind === 'literal' ? piece.text : (ownValue(examples, piece.name) ?? '')))
    .join('');
  const path = first === undefined ? pathOf(part) : ['examples', first];
  const withExamples = first === undefined ? '' : ' with its example';
  const longest = longestPart(part.kind, template);
  const length = countCharacters(filled);
  if (first !== undefined && longest !== null && length > longest) {
    const message = `${partName(part)}${withExamples} has ${length} characters, and may have ${longest}`;
    return [draftError(path, message, 'shorten the example or the text')];
  }
  // A coupon that is written out has been held to its form already.
  if (!hasForm(part.kind) || (first === undefined && part.kind === 'coupon')) return [];
  const [beginning] = part.text.pieces;
  const fixed = beginning?.kind === 'literal' && first !== undefined ? beginning.text : '';
  const problem = partProblem(part.kind, filled, fixed, noMoment);
  if (problem === null) return [];
  return [draftError(path, `${partName(part)}${withExamples} ${problem.message}`, problem.hint)];
}

function pathOf({ kind, card, button }: TemplatePart): (string | number)[] {
  const owner = card === null ? [] : ['cards', card - 1];
  if (button !== null) return [...owner, 'buttons', button - 1, kind === 'coupon' ? 'couponCode' : 'url'];
  return [...owner, kind === 'mediaUrl' || kind === 'headerText' ? 'header' : 'body'];
}
