/**
 * Checks every row of a list against the real template and writes what would go out into a plan store. `check`,
 * `preview` and `plan` all go through here, so that what was checked is what goes. It judges rows; whether the plan as
 * a whole may go is for `judge-plan.ts`.
 */
import { type Campaign, smsOf, templateOf } from '../domain/campaign.ts';
import { createRowChecker, type RowChecker } from '../domain/check-row.ts';
import type { Clock } from '../domain/clock.ts';
import type { Finding } from '../domain/finding.ts';
import type { MostToOne, PlannedRow, PlanWriter } from '../domain/plan-store.ts';
import type { Rates } from '../domain/rates.ts';
import type { RecipientSource, Row, RowBatch } from '../domain/recipient-source.ts';
import { requestPaceOf } from '../domain/request-pace.ts';
import type { FrozenSign, FrozenTemplate, PlanSummary } from '../domain/run-record.ts';
import { createPacker } from '../domain/sms/pack.ts';
import type { Template } from '../domain/template.ts';
import type { TemplateLookup, TemplateSource } from '../domain/template-source.ts';
import { createPlanTally, type Pricing } from './plan-tally.ts';
import { type Preflight, type PreflightSources, runPreflight } from './preflight.ts';
import { readRates } from './read-rates.ts';
import { readSuppressed } from './read-suppressed.ts';
import { createSmsSubstitutes, type SmsSources } from './sms-substitutes.ts';

export interface SmsPlanSources extends SmsSources {
  readonly templates: TemplateSource;
}

export interface FreezeOptions {
  readonly campaign: Campaign;
  readonly recipients: RecipientSource;
  /** Addresses never to write to, or null. */
  readonly suppressed: RecipientSource | null;
  /** Prices of text messages, or null where there are none. */
  readonly rates: RecipientSource | null;
  /** Of the service that carries the campaign. */
  readonly templates: TemplateSource;
  /** What text messages are checked with, also those that stand in for others; null where the campaign has none. */
  readonly sms: SmsPlanSources | null;
  /** What to ask of the sender, or null where the service is not to be asked. */
  readonly preflight: PreflightSources | null;
  readonly writer: PlanWriter;
  readonly clock: Clock;
  /** Called after every batch with the rows read so far. */
  readonly onProgress: (rows: number) => void;
}

export interface FrozenPlan {
  readonly summary: PlanSummary;
  /** Header names of the list, in its order. */
  readonly columns: readonly string[];
  /** As they were frozen, and as they were read, by language: that of text messages is in none. */
  readonly frozen: readonly FrozenTemplate[];
  readonly templates: ReadonlyMap<string, Template>;
  /** The signs that were looked up and are approved. */
  readonly signs: readonly FrozenSign[];
  /** Null where reading stopped early for a fatal finding. */
  readonly preflight: Preflight | null;
  /** SHA-256 of the list's bytes, hex; empty where reading stopped early for a fatal finding. */
  readonly listDigest: string;
}

export async function freezePlan(options: FreezeOptions): Promise<FrozenPlan> {
  const { campaign, recipients, suppressed, rates, writer } = options;
  const planner = createPlanner(options);
  const tally = createPlanTally(pricing(campaign, rates === null ? null : await readRates(rates), planner));
  let columns: readonly string[] = [];
  let mostToOne: MostToOne = { messages: 1, fallbacks: 1 };

  const end = async (listDigest: string, preflight: Preflight | null): Promise<FrozenPlan> => {
    const groups = await writer.findingGroups(0);
    const findings = groups.map(({ code, severity, count }) => ({ code, severity, findings: count }));
    return {
      summary: {
        ...tally.totals(),
        mostToOne: mostToOne.messages,
        requests: await countRequests(campaign, writer),
        findings,
      },
      columns,
      listDigest,
      preflight,
      ...planner.variants(),
    };
  };

  if (suppressed !== null) {
    const kind = { channel: campaign.channel, country: campaign.recipients.country, group: false };
    for await (const addresses of readSuppressed(suppressed, kind)) writer.suppress(addresses);
  }
  for await (const batch of recipients.read()) {
    ({ columns } = batch);
    const { rows, findings } = await planner.plan(batch);
    writer.append(rows, findings);
    tally.add(rows);
    options.onProgress(tally.rows());
    // What follows could not be judged rightly, and one clear reason says more than a million that follow from it.
    if (findings.some(({ severity }) => severity === 'fatal')) return end('', null);
  }
  writer.append([], planner.finish());
  mostToOne = writer.settleRepeats((rows) => tally.leaveOut(rows));
  const preflight = await runPreflight(
    campaign,
    planner.variants().templates.values(),
    {
      people: await countPeople(writer, tally.totals().toSend),
      messages: tally.messages,
      mostToOne,
      now: options.clock.now(),
    },
    options.preflight,
  );
  writer.append([], preflight.findings);
  return end(recipients.digest(), preflight);
}

/** Where text messages may go out as well, a list without prices of templates is taken to be about those alone. */
function pricing(campaign: Campaign, rates: Rates | null, planner: Planner): Pricing {
  const counted = campaign.content.kind === 'template' && (rates?.pricesTemplates || smsOf(campaign) === null);
  return {
    rates,
    categoryIn: counted ? (language) => planner.variants().templates.get(language)?.category ?? null : null,
  };
}

/** Packed as they will be; repeats are settled by now. */
async function countRequests({ content, send }: Campaign, writer: PlanWriter): Promise<number | null> {
  if (content.kind !== 'sms') return null;
  const packer = createPacker(requestPaceOf(send).messagesPerRequest);
  let requests = 0;
  for await (const messages of writer.messages()) {
    for (const message of messages) if (packer.add(message) !== null) requests += 1;
  }
  return packer.end() === null ? requests : requests + 1;
}

/** Of rows with the same address every one after the first has a finding that says so. */
async function countPeople(writer: PlanWriter, messages: number): Promise<number> {
  const groups = await writer.findingGroups(0);
  return messages - (groups.find(({ code }) => code === 'SAME_ADDRESS')?.count ?? 0);
}

interface PlannedBatch {
  readonly rows: readonly PlannedRow[];
  readonly findings: readonly Finding[];
}

interface Planner {
  plan(batch: RowBatch): Promise<PlannedBatch>;
  finish(): readonly Finding[];
  variants(): Pick<FrozenPlan, 'frozen' | 'templates' | 'signs'>;
}

/** Feeds the row checker: with columns as they appear, and with each language variant once, when a row first asks for it. */
function createPlanner({ campaign, templates, sms, clock }: FreezeOptions): Planner {
  const chosen = templateOf(campaign);
  const text = smsOf(campaign);
  const found = new Map<string, Template>();
  const frozen: FrozenTemplate[] = [];
  const signs: FrozenSign[] = [];
  const substitutes = sms === null ? null : createSmsSubstitutes(sms.directory);
  let checker: RowChecker | null = null;
  let columnCount = 0;

  async function lookUp(
    source: TemplateSource,
    about: Pick<FrozenTemplate, 'channel' | 'code' | 'language'>,
  ): Promise<TemplateLookup> {
    const lookup = await source.find(about.code, about.language);
    if (lookup.kind === 'found') {
      found.set(about.language, lookup.template);
      // No row goes out in a variant that is not approved, so that one need not stay as it is.
      if (lookup.template.status === 'approved') frozen.push({ ...about, detail: lookup.detail });
    }
    return lookup;
  }

  async function addTemplate(to: RowChecker, language: string): Promise<readonly Finding[]> {
    if (chosen === null) throw new Error('a campaign without a template needs no variant');
    const { code } = chosen;
    return to.addTemplate(language, await lookUp(templates, { channel: campaign.channel, code, language }));
  }

  async function addSmsTemplate(to: RowChecker): Promise<readonly Finding[]> {
    if (text === null) return [];
    if (sms === null || substitutes === null) throw new Error('text messages are checked with their own service');
    const { code } = text;
    const lookup = await lookUp(sms.templates, { channel: 'sms', code, language: '' });
    return substitutes.hinted(to.addSmsTemplate(lookup), code, lookup);
  }

  async function addSign(to: RowChecker, name: string): Promise<readonly Finding[]> {
    if (sms === null || substitutes === null) throw new Error('a campaign without text messages needs no sign');
    const lookup = await sms.signs.find(name);
    if (lookup.kind === 'found' && lookup.sign.status === 'approved') {
      signs.push({ name, filings: lookup.sign.filings });
    }
    return to.addSign(name, lookup, await substitutes.signsFor(name, lookup));
  }

  async function checkerFor(batch: RowBatch, findings: Finding[]): Promise<RowChecker> {
    const { columns, columnsComplete } = batch;
    if (checker === null) {
      checker = createRowChecker({ campaign, columns, columnsComplete, now: clock.now() });
      findings.push(...checker.findings);
      const language = chosen?.language;
      if (language?.kind === 'fixed') findings.push(...(await addTemplate(checker, language.language)));
      findings.push(...(await addSmsTemplate(checker)));
    } else if (columns.length !== columnCount) {
      findings.push(...checker.columnsGrew(columns, columnsComplete));
    }
    columnCount = columns.length;
    return checker;
  }

  return {
    async plan(batch) {
      const findings: Finding[] = [...batch.findings];
      const rows: PlannedRow[] = [];
      // A header that cannot be used would only bring findings that follow from it.
      if (findings.some(({ severity }) => severity === 'fatal') && batch.rows.length === 0) return { rows, findings };
      const check = await checkerFor(batch, findings);
      if (findings.some(({ severity }) => severity === 'fatal')) return { rows, findings };
      for (const row of batch.rows) {
        const language = check.needs(row);
        if (language !== null) findings.push(...(await addTemplate(check, language)));
        const sign = check.needsSign(row);
        if (sign !== null) findings.push(...(await addSign(check, sign)));
        rows.push(checkRow(check, row, findings));
      }
      return { rows, findings };
    },
    finish: () => checker?.finish() ?? [],
    variants: () => ({ frozen, templates: found, signs }),
  };
}

function checkRow(checker: RowChecker, row: Row, findings: Finding[]): PlannedRow {
  const checked = checker.check(row);
  if (checked.findings.length > 0) findings.push(...checked.findings);
  if (checked.kind === 'invalid') return { kind: 'invalid', row: row.number, cells: row.cells, to: checked.to };
  const { message, country, segments } = checked;
  return { kind: 'message', cells: row.cells, message, country, segments };
}
