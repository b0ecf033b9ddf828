/** Checks rows one by one and makes messages of them. Pure: language variants are fetched outside and handed in. */
import { normaliseAddress } from './address.ts';
import type { Campaign, LanguageChoice } from './campaign.ts';
import { checkCampaign, unknownLanguage } from './check-campaign.ts';
import type { Finding } from './finding.ts';
import { judgeLookup } from './judge-lookup.ts';
import { checkLanguage } from './languages.ts';
import { createLiquidCompiler } from './liquid-text.ts';
import { type ListMapping, mapList, unfilledVariables, unknownParams, unusedColumns } from './list-mapping.ts';
import type { Message } from './message.ts';
import { createMessageKeys } from './message-key.ts';
import type { Row } from './recipient-source.ts';
import type { Template } from './template.ts';
import type { TemplateLookup } from './template-source.ts';
import { templateVariables } from './variables.ts';
import { compileVariant, type Variant } from './variant.ts';

export interface RowCheckerOptions {
  readonly campaign: Campaign;
  readonly columns: readonly string[];
  /** True where no further column can appear. Until then a column that is missing reads as empty cells. */
  readonly columnsComplete: boolean;
  /** Milliseconds since 1970: the `now` of offers and of dates in texts. */
  readonly now: number;
}

export type CheckedRow =
  | {
      readonly kind: 'message';
      readonly message: Message;
      /** ISO 3166 code of the address. */
      readonly country: string;
      /** Warnings and infos. */
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'invalid';
      /** Digits only, or null where the address could not be read. */
      readonly to: string | null;
      /** At least one error, unless a fatal finding about the campaign has been told already. */
      readonly findings: readonly Finding[];
    };

/** Every finding about the list, the campaign or the template is returned once, by whatever call first knows it. */
export interface RowChecker {
  /** What is known from the campaign and the columns alone. */
  readonly findings: readonly Finding[];
  /** The columns have become more. An index once found stays right. */
  columnsGrew(columns: readonly string[], complete: boolean): readonly Finding[];
  /** The language whose variant has to be added before this row can be checked, or null. */
  needs(row: Row): string | null;
  /**
   * Takes what a lookup brought. In a campaign with one language a variant that cannot be sent is fatal; where the rows
   * choose, it concerns the rows that choose it.
   */
  addTemplate(language: string, lookup: TemplateLookup): readonly Finding[];
  /** Throws where `needs` was not heeded. */
  check(row: Row): CheckedRow;
  /** The list has ended, so no further column or language can appear. */
  finish(): readonly Finding[];
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

export function createRowChecker(options: RowCheckerOptions): RowChecker {
  const { campaign, now } = options;
  const { language: choice } = campaign.template;
  const liquid = createLiquidCompiler(now);
  const variants = new Map<string, KnownVariant>();
  /** The variables of every usable variant. */
  const variables = new Set<string>();
  let complete = options.columnsComplete;
  let ended = false;
  let mapping = mapList(campaign, options.columns, complete, liquid);
  const once = onlyNew();

  const remap = (columns: readonly string[]): void => {
    mapping = mapList(campaign, columns, complete, liquid);
    for (const [language, known] of variants) {
      if (known.kind === 'unusable') continue;
      variants.set(language, { ...known, variant: compileVariant(known.template, mapping, now) });
    }
  };

  /** What is wrong between campaign, columns and templates, as far as nothing to come can right it. */
  const mappingFindings = (): readonly Finding[] => {
    const usable = [...variants.values()].some(({ kind }) => kind === 'usable');
    const settled = usable && (ended || (complete && choice.kind === 'fixed'));
    return [
      ...mapping.findings,
      ...(complete ? unfilledVariables(mapping, variables) : []),
      ...(settled ? [...unknownParams(mapping, variables), ...unusedColumns(mapping, variables)] : []),
    ];
  };

  const variantOf = (row: Row, findings: Finding[]): UsableVariant | null => {
    const language = languageOf(row, mapping, choice, findings);
    if (language === null) return null;
    const known = variants.get(language);
    if (known === undefined) throw new Error(`the variant in ${language} was not added before row ${row.number}`);
    if (known.kind === 'usable') return known;
    // Where the campaign has one language, the same was told once and for all rows.
    if (choice.kind === 'column') {
      const { message, hint } = known;
      const about = cellAt(row, mapping, mapping.language);
      findings.push({ ...about, code: 'LANGUAGE_NOT_AVAILABLE', severity: 'error', message, hint });
    }
    return null;
  };

  return {
    findings: once([...checkCampaign(campaign), ...mappingFindings()]),
    columnsGrew(columns, isComplete) {
      complete = isComplete;
      remap(columns);
      return once(mappingFindings());
    },
    needs(row) {
      const language = languageOf(row, mapping, choice, []);
      return language === null || variants.has(language) ? null : language;
    },
    addTemplate(language, lookup) {
      const { verdict, findings } = judgeLookup(campaign, language, lookup);
      if (verdict.kind === 'usable') {
        const { template } = verdict;
        const names = templateVariables(template).map(({ name }) => name);
        for (const name of names) variables.add(name);
        const { channel, from, template: chosen } = campaign;
        const shared = { channel, from, kind: 'template', code: chosen.code, language: template.language };
        const variant = compileVariant(template, mapping, now);
        variants.set(language, { kind: 'usable', template, variant, keyOf: createMessageKeys(shared, names) });
      } else {
        variants.set(language, verdict);
      }
      return once([...findings, ...mappingFindings()]);
    },
    check(row) {
      if (row.findings.some(isError)) return { kind: 'invalid', to: null, findings: row.findings };
      const findings = [...row.findings];
      const recipient = recipientOf(row, mapping, campaign, findings);
      const known = variantOf(row, findings);
      const params = known?.variant.params(row, findings);
      if (recipient === null || known === null || params === undefined || findings.some(isError)) {
        return { kind: 'invalid', to: recipient?.to ?? null, findings };
      }
      const { channel, from, template } = campaign;
      const { to, country } = recipient;
      const content = { kind: 'template', code: template.code, language: known.template.language, params } as const;
      const key = known.keyOf(to, params);
      return { kind: 'message', message: { row: row.number, key, channel, from, to, content }, country, findings };
    },
    finish() {
      ended = true;
      complete = true;
      remap(mapping.columns);
      return once(mappingFindings());
    },
  };
}

/** The language of a row, or null with a finding. */
function languageOf(row: Row, mapping: ListMapping, choice: LanguageChoice, findings: Finding[]): string | null {
  if (choice.kind === 'fixed') return choice.language;
  const about = cellAt(row, mapping, mapping.language);
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

interface Recipient {
  readonly to: string;
  readonly country: string;
}

/** The recipient of a row, or null with a finding. */
function recipientOf(row: Row, mapping: ListMapping, campaign: Campaign, findings: Finding[]): Recipient | null {
  const about = cellAt(row, mapping, mapping.to);
  const address = normaliseAddress(about.value, campaign.recipients.country);
  if (address.kind === 'bad') {
    const { code, message, hint } = address;
    findings.push({ ...about, code, severity: 'error', message, hint });
    return null;
  }
  const { to, country, change } = address;
  if (change !== null) {
    findings.push({
      ...about,
      code: 'ADDRESS_NORMALISED',
      severity: 'info',
      message: `normalised: ${change}`,
      hint: null,
    });
  }
  if (to === campaign.from) {
    findings.push({
      ...about,
      code: 'ADDRESS_IS_SENDER',
      severity: 'error',
      message: 'the recipient is the sender itself',
      hint: 'remove the row',
    });
  }
  return { to, country };
}

/** Where a finding about a cell stands. A column that the list does not have reads as empty. */
function cellAt(row: Row, mapping: ListMapping, index: number): { row: number; column: string | null; value: string } {
  return { row: row.number, column: mapping.columns[index] ?? null, value: row.cells[index] ?? '' };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'fatal';
}

/** Lets every finding through once. */
function onlyNew(): (findings: readonly Finding[]) => readonly Finding[] {
  const seen = new Set<string>();
  return (findings) =>
    findings.filter(({ code, column, value, message }) => {
      const key = JSON.stringify([code, column, value, message]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
