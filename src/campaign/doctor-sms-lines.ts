/** What the doctor says of the signs of text messages, and which rights its look-ups have shown. */
import type { SignChoice } from '../domain/campaign.ts';
import { actionOf } from '../domain/ram-policy.ts';
import { checkSign } from '../domain/sms/check-sign.ts';
import { describeFilings, type SignLookup } from '../domain/sms/sms-sign.ts';
import type { Template } from '../domain/template.ts';
import { type Examined, ok } from './doctor-lines.ts';
import type { CheckedPlan } from './make-plan.ts';
import { createSmsSubstitutes, type SmsSources } from './sms-substitutes.ts';

export interface FoundSign {
  readonly lookup: SignLookup;
  /** Signs to use instead where this one cannot be, nearest first. */
  readonly approved: readonly string[];
}

export async function findSign({ signs, directory }: SmsSources, name: string): Promise<FoundSign> {
  const lookup = await signs.find(name);
  return { lookup, approved: await createSmsSubstitutes(directory).signsFor(name, lookup) };
}

/** `found` is the sign that all rows have; null where a column names them. */
export function signLines(
  choice: SignChoice,
  found: FoundSign | null,
  { templates, findingGroups }: Pick<CheckedPlan, 'templates' | 'findingGroups'>,
): readonly Examined[] {
  const name = 'sign';
  if (choice.kind === 'fixed' && found !== null) return fixedSignLines(choice.sign, found, templates);
  // The rows name them, so that what is wrong was found row by row.
  const troubles = findingGroups.filter(({ code }) => code.startsWith('SMS_SIGN'));
  const where = choice.kind === 'column' ? `by the column ${choice.column}` : choice.sign;
  if (troubles.length === 0) return [ok(name, `${where}: nothing is wrong with any`)];
  return troubles.flatMap(({ first }) =>
    first.slice(0, 1).map(({ message, hint }): Examined => ({ name, state: 'look', says: message, fix: hint })),
  );
}

function fixedSignLines(
  sign: string,
  { lookup, approved }: FoundSign,
  templates: ReadonlyMap<string, Template>,
): readonly Examined[] {
  const name = 'sign';
  // Where the right is missing, the line about rights says so.
  if (lookup.kind === 'untold' && lookup.missingRight !== null) return [];
  const [facts = null] = [...templates.values()].flatMap(({ sms }) => sms ?? []);
  const problems = checkSign(sign, lookup, facts, approved);
  const wrong = problems.map(
    ({ severity, message, hint }): Examined =>
      severity === 'error'
        ? { name, state: 'fix', says: message, fix: hint, kind: 'blocked' }
        : { name, state: 'look', says: message, fix: hint },
  );
  if (lookup.kind !== 'found' || lookup.sign.status !== 'approved') return wrong;
  const { status, filings } = lookup.sign;
  return [ok(name, [`${sign}: ${status}`, ...describeFilings(filings)].join(', ')), ...wrong];
}

/** The rights that the look-ups of a finished check have tried with success, and those they were denied. */
export function smsRightsOf(
  { templates }: Pick<CheckedPlan, 'templates'>,
  sign: SignLookup | null,
): { readonly tried: readonly string[]; readonly missing: readonly string[] } {
  const told = sign !== null && sign.kind !== 'untold';
  return {
    tried: [
      ...([...templates.values()].some(({ sms }) => sms !== null) ? [actionOf('GetSmsTemplate', 'sms')] : []),
      ...(told ? [actionOf('GetSmsSign', 'sms')] : []),
    ],
    missing: sign?.kind === 'untold' && sign.missingRight !== null ? [sign.missingRight] : [],
  };
}
