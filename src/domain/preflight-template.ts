/** What the category of a template means for a campaign: whether it is the one expected, and whom WhatsApp will refuse. */
import type { TemplateCategory } from './campaign.ts';
import type { Finding } from './finding.ts';
import type { Template } from './template.ts';

const aboutAll = { row: null, column: null } as const;

/** Categories decide the price, and WhatsApp may change them: one that is not as expected stops the campaign. */
export function checkCategory(template: Template, expected: TemplateCategory | null): readonly Finding[] {
  const { code, language, category } = template;
  if (expected === null || category === expected) return [];
  return [
    {
      ...aboutAll,
      code: 'CATEGORY_UNEXPECTED',
      severity: 'fatal',
      value: category,
      message: `the template "${code}" in ${language} ${
        category === null ? 'has no category that the service tells' : `is filed under ${category}`
      }, and ${expected} is expected`,
      hint: 'check its price and its rules, then change expect.category',
    },
  ];
}

export interface MarketingCounts {
  /** Messages that carry a marketing template. */
  readonly messages: number;
  /** Those of them to numbers of the United States. */
  readonly toUnitedStates: number;
}

export function isMarketing({ category }: Template): boolean {
  return category === 'MARKETING';
}

/**
 * Refusals that Meta's rules foretell. Source: Meta, "Per-user marketing template message limits": no marketing template
 * is delivered to numbers with +1 and an area code of the United States, since 1 April 2025; everywhere else a person
 * gets a limited number of them, from all businesses together, and the number is not published.
 */
export function foretellRefusals({ messages, toUnitedStates }: MarketingCounts): readonly Finding[] {
  const findings: Finding[] = [];
  if (toUnitedStates > 0) {
    const subject = toUnitedStates === 1 ? '1 message goes' : `${toUnitedStates.toLocaleString('en-US')} messages go`;
    findings.push({
      ...aboutAll,
      code: 'MARKETING_TO_US',
      severity: 'warning',
      value: null,
      message: `${subject} to the United States, where WhatsApp delivers no marketing templates`,
      hint: 'leave those rows out, or reach them by another channel',
    });
  }
  if (messages > toUnitedStates) {
    findings.push({
      ...aboutAll,
      code: 'MARKETING_CAP',
      severity: 'warning',
      value: null,
      message: 'WhatsApp limits how many marketing messages a person gets; some of these may fail with 131049',
      hint: 'do not send those again within a day: sendoff retry waits for it',
    });
  }
  return findings;
}
