/** The language variants of one template, found by its code or, as people remember it, by its name. */
import { collect } from '../../domain/collect.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { Template } from '../../domain/template.ts';
import type { TemplateDirectory, TemplateListing } from '../../domain/template-directory.ts';
import type { TemplateSource } from '../../domain/template-source.ts';

export class TemplateMissingError extends OperatorError {
  override readonly code = 'TEMPLATE_MISSING';
  override readonly kind = 'invalid';
}

export interface FoundVariant {
  readonly listing: TemplateListing;
  readonly template: Template;
}

/** In the service's order; at least one. `language` leaves one of them, and null all. */
export async function listVariants(
  directory: TemplateDirectory,
  codeOrName: string,
  language: string | null,
): Promise<readonly [TemplateListing, ...TemplateListing[]]> {
  const byCode = await collect(directory.list({ code: codeOrName }));
  const variants = byCode.length > 0 ? byCode : await byName(directory, codeOrName);
  const [first, ...others] = variants.filter((variant) => language === null || variant.language === language);
  if (first !== undefined) return [first, ...others];
  if (variants.length > 0) {
    const languages = variants.map((variant) => variant.language);
    throw new TemplateMissingError(`template "${codeOrName}" has no language "${language}"`, {
      hint: `it has: ${languages.join(', ')}`,
    });
  }
  const known = (await collect(directory.list({}))).flatMap(({ code, name }) => [code, name]);
  throw new TemplateMissingError(`no template "${codeOrName}"`, {
    hint: didYouMean(codeOrName, new Set(known)) ?? 'list them: sendoff templates list',
  });
}

/** As `listVariants`, with the whole template of each. */
export async function findVariants(
  directory: TemplateDirectory,
  templates: TemplateSource,
  codeOrName: string,
  language: string | null,
): Promise<readonly [FoundVariant, ...FoundVariant[]]> {
  const [first, ...others] = await listVariants(directory, codeOrName, language);
  return [await whole(templates, first), ...(await Promise.all(others.map((listing) => whole(templates, listing))))];
}

async function whole(templates: TemplateSource, listing: TemplateListing): Promise<FoundVariant> {
  const lookup = await templates.find(listing.code, listing.language);
  if (lookup.kind === 'found') return { listing, template: lookup.template };
  throw new TemplateMissingError(`template "${listing.code}" in "${listing.language}" is listed and cannot be read`, {
    hint: lookup.reason,
  });
}

/** The service takes a name for a part of one. */
async function byName(directory: TemplateDirectory, name: string): Promise<readonly TemplateListing[]> {
  const variants = (await collect(directory.list({ name }))).filter((variant) => variant.name === name);
  const codes = [...new Set(variants.map(({ code }) => code))];
  if (codes.length < 2) return variants;
  throw new TemplateMissingError(`several templates have the name "${name}"`, {
    hint: `name one by its code: ${codes.join(', ')}`,
  });
}
