/**
 * Finds what a campaign of text messages could use in the place of a sign or a template that the account lacks or that is
 * not approved. The account's lists are read at most once each, and only where something is wrong.
 */
import { collect } from '../domain/collect.ts';
import type { Finding } from '../domain/finding.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { nearestSigns, nearestTemplates, withApproved } from '../domain/sms/nearest-approved.ts';
import type { SignListing, SmsDirectory, SmsTemplateListing } from '../domain/sms/sms-directory.ts';
import type { SignLookup, SignSource } from '../domain/sms/sms-sign.ts';
import type { TemplateLookup } from '../domain/template-source.ts';

/** What text messages are checked with, beside their template. */
export interface SmsSources {
  readonly signs: SignSource;
  readonly directory: SmsDirectory;
}

export interface SmsSubstitutes {
  /** None for a sign that can be used, or of which nothing is known. */
  signsFor(name: string, lookup: SignLookup): Promise<readonly string[]>;
  /** The findings about a template, with the approved ones in their hints where it is missing or not approved. */
  hinted(findings: readonly Finding[], code: string, lookup: TemplateLookup): Promise<readonly Finding[]>;
}

export function createSmsSubstitutes(directory: SmsDirectory): SmsSubstitutes {
  let signs: Promise<readonly SignListing[]> | null = null;
  let templates: Promise<readonly SmsTemplateListing[]> | null = null;
  return {
    async signsFor(name, lookup) {
      if (lookup.kind === 'untold' || (lookup.kind === 'found' && lookup.sign.status === 'approved')) return [];
      signs ??= listed(directory.signs());
      return nearestSigns(name, await signs);
    },
    async hinted(findings, code, lookup) {
      if (lookup.kind === 'found' && lookup.template.status === 'approved') return findings;
      templates ??= listed(directory.templates());
      const name = lookup.kind === 'found' ? lookup.template.name : null;
      const nearest = nearestTemplates({ code, name }, await templates);
      return findings.map((finding) =>
        aboutTemplate.has(finding.code) ? { ...finding, hint: withApproved(finding.hint, nearest) } : finding,
      );
    },
  };
}

const aboutTemplate: ReadonlySet<string> = new Set(['TEMPLATE_NOT_FOUND', 'TEMPLATE_NOT_APPROVED']);

/** A caller who may look up one may not be allowed to list all: then the finding stands by itself. */
async function listed<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  try {
    return await collect(all);
  } catch (error) {
    if (error instanceof OperatorError) return [];
    throw error;
  }
}
