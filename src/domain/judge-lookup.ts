/** What a looked-up language variant means for a campaign: fatal where all rows depend on it, else for some rows only. */
import type { TemplateChoice } from './campaign.ts';
import { checkTemplate, whyBlocked } from './check-campaign.ts';
import type { Finding } from './finding.ts';
import { nearestLanguage } from './languages.ts';
import type { Template } from './template.ts';
import type { TemplateLookup } from './template-source.ts';

export type Verdict =
  | { readonly kind: 'usable'; readonly template: Template }
  /** The words are for the rows that choose it. */
  | { readonly kind: 'unusable'; readonly message: string; readonly hint: string | null };

export interface JudgedLookup {
  readonly verdict: Verdict;
  /** Those about the campaign as a whole. */
  readonly findings: readonly Finding[];
}

export function judgeLookup(choice: TemplateChoice, language: string, lookup: TemplateLookup): JudgedLookup {
  const concernsAll = choice.language.kind === 'fixed';
  if (lookup.kind === 'found') {
    const { template } = lookup;
    const blocked = whyBlocked(template);
    return {
      verdict: blocked === null ? { kind: 'usable', template } : unusable(blocked),
      findings: checkTemplate(template).filter(({ severity }) => concernsAll || severity !== 'fatal'),
    };
  }
  const { code } = choice;
  const words = missingWords(code, language);
  const finding: Finding = {
    row: null,
    column: null,
    code: 'TEMPLATE_NOT_FOUND',
    severity: 'fatal',
    value: code,
    message: `${words.message}: ${lookup.reason}`,
    hint: words.hint,
  };
  return { verdict: unusable(words), findings: concernsAll ? [finding] : [] };
}

/** A template of text messages is in no language. */
function missingWords(code: string, language: string): Pick<Finding, 'message' | 'hint'> {
  const message = `the service has no template "${code}"`;
  if (language === '') return { message, hint: 'check the code, case and all' };
  const close = nearestLanguage(language);
  return {
    message: `${message} in ${language}`,
    hint: close === null || close === language ? 'check code and language, case and all' : `did you mean "${close}"?`,
  };
}

function unusable({ message, hint }: Pick<Finding, 'message' | 'hint'>): Verdict {
  return { kind: 'unusable', message, hint };
}
