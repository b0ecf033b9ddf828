/** What may stand in the place of a sign or a template that cannot be used: the approved ones whose names are nearest. */
import { byNearness } from '../suggest.ts';
import type { SignListing, SmsTemplateListing } from './sms-directory.ts';

/** As many as a hint can hold and a person will read. */
const mostNamed = 3;

export function nearestSigns(name: string, signs: readonly SignListing[]): readonly string[] {
  const approved = signs.filter(({ status }) => status === 'approved');
  return byNearness(name, approved, (sign) => [sign.name])
    .slice(0, mostNamed)
    .map((sign) => `"${sign.name}"`);
}

/** `name` is null where nobody knows it: the code is all there is then. */
export function nearestTemplates(
  { code, name }: { readonly code: string; readonly name: string | null },
  templates: readonly SmsTemplateListing[],
): readonly string[] {
  const approved = templates.filter(({ status }) => status === 'approved');
  const near =
    name === null
      ? // People write the name where the code belongs.
        byNearness(code, approved, (template) => [template.code, template.name])
      : byNearness(name, approved, (template) => [template.name]);
  return near.slice(0, mostNamed).map((template) => `${template.code} "${template.name}"`);
}

/** What to do, and what there is instead; null where there is nothing to say. */
export function withApproved<Hint extends string | null>(hint: Hint, nearest: readonly string[]): Hint | string {
  if (nearest.length === 0) return hint;
  const instead = `approved and nearest in name: ${nearest.join(', ')}`;
  return hint === null ? instead : `${hint}; ${instead}`;
}
