/** What a plan is made from, in memory. */
import { openPlanWriter } from '../../src/adapters/checkpoints/sqlite/plan-writer.ts';
import type { FreezeOptions, SmsPlanSources } from '../../src/campaign/freeze-plan.ts';
import type { Campaign, TemplateChoice } from '../../src/domain/campaign.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { PlanReader } from '../../src/domain/plan-store.ts';
import type { RecipientSource, RowBatch } from '../../src/domain/recipient-source.ts';
import type { SignLookup } from '../../src/domain/sms/sms-sign.ts';
import type { Template } from '../../src/domain/template.ts';
import type { TemplateSource } from '../../src/domain/template-source.ts';
import { aTemplate } from '../support/a-template.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { aTemplateChoice, planRecord } from '../support/plan-record.ts';

export interface ListInMemory extends RecipientSource {
  /** Batches that were asked for. */
  batchesRead(): number;
}

/** A list with a header line; its first row is row 2. */
export function listOf(columns: readonly string[], rows: readonly (readonly string[])[], batchRows = 2): ListInMemory {
  const batches: RowBatch[] = [];
  for (let at = 0; at < rows.length; at += batchRows) {
    batches.push({
      columns,
      columnsComplete: true,
      rows: rows.slice(at, at + batchRows).map((cells, index) => ({ number: at + index + 2, cells, findings: [] })),
      findings: [],
    });
  }
  return batchesOf(batches);
}

export function batchesOf(batches: readonly RowBatch[]): ListInMemory {
  let read = 0;
  let atEnd = false;
  return {
    name: 'list.csv',
    async *read() {
      for (const batch of batches) {
        read += 1;
        yield batch;
      }
      atEnd = true;
    },
    digest() {
      if (!atEnd) throw new Error('the list has not been read to its end');
      return 'digest-of-the-list';
    },
    readDigest: async () => 'digest-of-the-list',
    batchesRead: () => read,
  };
}

export interface TemplatesInMemory extends TemplateSource {
  /** Every look-up so far, as `code language`. */
  readonly lookUps: readonly string[];
}

/** The variants of one template. */
export function templatesOf(...variants: readonly Template[]): TemplatesInMemory {
  const lookUps: string[] = [];
  return {
    lookUps,
    async find(code, language) {
      lookUps.push(`${code} ${language}`);
      const template = variants.find((variant) => variant.code === code && variant.language === language);
      if (template === undefined) return { kind: 'missing', code: 'Template.NotFound', reason: 'no such template' };
      return { kind: 'found', template, detail: detailOf(template) };
    },
  };
}

export function detailOf({ language, status }: Template): string {
  return JSON.stringify({ Language: language, Status: status });
}

/** A sign that may be used. */
const approvedSign: SignLookup = {
  kind: 'found',
  sign: { name: '阿里云', status: 'approved', reason: null, filings: [] },
};

/** What text messages are checked with, and what was asked of it: one template, and one state of every sign. */
export function textsOf(template: Template, sign: SignLookup = approvedSign) {
  const asked: string[] = [];
  const templates = templatesOf(template);
  const sms: SmsPlanSources = {
    templates,
    signs: {
      async find(name) {
        asked.push(name);
        return sign;
      },
    },
    directory: {
      async *signs() {
        yield { name: '阿里云通信', type: null, status: 'approved', statusWord: '', reason: null, createdAt: null };
      },
      async *templates() {},
      sign: async () => null,
    },
  };
  return { sms, asked, lookUps: templates.lookUps };
}

type CampaignChanges = { readonly [Part in 'recipients' | 'send']?: Partial<Campaign[Part]> } & {
  readonly template?: Partial<TemplateChoice>;
};

/** To `phone`, with one variable `name`, at a pace that nothing is to be said of. */
export function aCampaign(changes: CampaignChanges = {}): Campaign {
  const { campaign } = planRecord();
  return {
    ...campaign,
    recipients: { ...campaign.recipients, ...changes.recipients },
    content: { ...aTemplateChoice, ...changes.template },
    send: { ...campaign.send, senderRate: { count: 80, perMs: 1_000 }, ...changes.send },
  };
}

/** The plan is a scratch plan, to be discarded. */
export function freezeOptions(changes: Partial<FreezeOptions> = {}): FreezeOptions {
  const campaign = changes.campaign ?? aCampaign();
  return {
    campaign,
    recipients: listOf(['phone', 'name'], []),
    suppressed: null,
    rates: null,
    templates: templatesOf(aTemplate()),
    sms: null,
    preflight: null,
    writer: openPlanWriter(null, campaign),
    clock: fakeClock(),
    onProgress: () => {},
    ...changes,
  };
}

/** Every finding as `row code`. */
export async function codesOf(plan: PlanReader): Promise<readonly string[]> {
  const findings: Finding[] = [];
  for await (const chunk of plan.findings()) findings.push(...chunk);
  return findings.map(({ row, code }) => `${row ?? 'list'} ${code}`);
}
