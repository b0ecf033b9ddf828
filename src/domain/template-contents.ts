/** Makes the template messages of rows. Pure: language variants are fetched outside and handed in. */
import type { LanguageChoice, TemplateChoice } from './campaign.ts';
import { unknownLanguage } from './check-campaign.ts';
import type { Finding } from './finding.ts';
import { judgeLookup } from './judge-lookup.ts';
import { checkLanguage } from './languages.ts';
import type { LiquidCompiler } from './liquid-text.ts';
import type { TemplateContent } from './message.ts';
import { createMessageKeys } from './message-key.ts';
import type { Row } from './recipient-source.ts';
import { cellAt, isError, type KnownColumns, type RowContents } from './row-content.ts';
import type { Template } from './template.ts';
import { columnsOf, mapTemplate, type TemplateMapping, unfilledVariables, unknownParams } from './template-mapping.ts';
import type { TemplateLookup } from './template-source.ts';
import { templateVariables } from './variables.ts';
import { compileVariant, type Variant } from './variant.ts';

export interface TemplateContents extends RowContents<TemplateContent> {
  /** The language whose variant has to be added before this row can be checked, or null. */
  needs(row: Row): string | null;
  /**
   * Takes what a lookup brought. In a campaign with one language a variant that cannot be sent is fatal; where the rows
   * choose, it concerns the rows that choose it.
   */
  addTemplate(language: string, lookup: TemplateLookup): readonly Finding[];
}

export interface TemplateContentsOptions {
  readonly choice: TemplateChoice;
  readonly channel: string;
  readonly from: string;
  readonly liquid: LiquidCompiler;
  /** Milliseconds since 1970: an offer that expires before it is refused. */
  readonly now: number;
}

/** A variant as it was looked up. */
type KnownVariant =
  | UsableVariant
  | { readonly kind: 'unusable'; readonly message: string; readonly hint: string | null };

interface UsableVariant {
  readonly kind: 'usable';
  readonly template: Template;
  /** Compiled for the columns known so far. */
  readonly variant: Variant;
  readonly keyOf: ReturnType<typeof createMessageKeys>;
}

export function createTemplateContents({
  choice,
  channel,
  from,
  liquid,
  now,
}: TemplateContentsOptions): TemplateContents {
  const variants = new Map<string, KnownVariant>();
  /** The variables of every usable variant. */
  const variables = new Set<string>();
  let known: KnownColumns = { columns: [], complete: false, ended: false };
  let mapping: TemplateMapping = mapTemplate(choice, [], false, liquid);

  const isSettled = (): boolean => {
    const usable = [...variants.values()].some(({ kind }) => kind === 'usable');
    return usable && (known.ended || (known.complete && choice.language.kind === 'fixed'));
  };

  const variantOf = (row: Row, findings: Finding[]): UsableVariant | null => {
    const language = languageOfRow(row, mapping, choice.language, findings);
    if (language === null) return null;
    const variant = variants.get(language);
    if (variant === undefined) throw new Error(`the variant in ${language} was not added before row ${row.number}`);
    if (variant.kind === 'usable') return variant;
    // Where the campaign has one language, the same was told once and for all rows.
    if (choice.language.kind === 'column') {
      const { message, hint } = variant;
      const about = cellAt(row, mapping.columns, mapping.language);
      findings.push({ ...about, code: 'LANGUAGE_NOT_AVAILABLE', severity: 'error', message, hint });
    }
    return null;
  };

  return {
    map(columns) {
      known = columns;
      mapping = mapTemplate(choice, columns.columns, columns.complete, liquid);
      for (const [language, variant] of variants) {
        if (variant.kind === 'unusable') continue;
        variants.set(language, { ...variant, variant: compileVariant(variant.template, mapping, now) });
      }
    },
    findings: () => [
      ...mapping.findings,
      ...(known.complete ? unfilledVariables(mapping, variables) : []),
      ...(isSettled() ? unknownParams(mapping, variables) : []),
    ],
    columnUse: () => (isSettled() ? columnsOf(mapping, variables) : null),
    needs(row) {
      const language = languageOfRow(row, mapping, choice.language, []);
      return language === null || variants.has(language) ? null : language;
    },
    addTemplate(language, lookup) {
      const { verdict, findings } = judgeLookup(choice, language, lookup);
      if (verdict.kind === 'usable') {
        const { template } = verdict;
        const names = templateVariables(template).map(({ name }) => name);
        for (const name of names) variables.add(name);
        const shared = { channel, from, kind: 'template', code: choice.code, language: template.language };
        const variant = compileVariant(template, mapping, now);
        variants.set(language, { kind: 'usable', template, variant, keyOf: createMessageKeys(shared, names) });
      } else {
        variants.set(language, verdict);
      }
      return findings;
    },
    contentOf(row, findings) {
      const variant = variantOf(row, findings);
      if (variant === null) return null;
      const before = findings.length;
      const params = variant.variant.params(row, findings);
      if (findings.length > before && findings.slice(before).some(isError)) return null;
      const content = { kind: 'template', code: choice.code, language: variant.template.language, params } as const;
      return { content, keyFor: (to) => variant.keyOf(to, params) };
    },
  };
}

/** The language of a row, or null with a finding. */
function languageOfRow(row: Row, mapping: TemplateMapping, choice: LanguageChoice, findings: Finding[]): string | null {
  if (choice.kind === 'fixed') return choice.language;
  const about = cellAt(row, mapping.columns, mapping.language);
  const written = about.value.trim();
  const language = written === '' ? choice.fallback : written;
  if (language !== null && checkLanguage(language).kind !== 'unknown') return language;
  findings.push({ ...(language === null ? missingLanguage : unknownLanguage(language)), ...about, severity: 'error' });
  return null;
}

const missingLanguage = {
  code: 'LANGUAGE_MISSING',
  message: 'the language is empty, and the campaign names no default',
  hint: 'fill the cell, or set template.language.default',
} as const;
