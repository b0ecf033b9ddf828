/** The plan on one screen: what would go out, what is left out and why, how long it takes, and the first message. */
import { accountText } from '../../domain/account.ts';
import {
  type Campaign,
  type CampaignContent,
  describeFallback,
  type Fallback,
  type SignChoice,
} from '../../domain/campaign.ts';
import { effectiveDailyCap, overDays, tierPeopleFor } from '../../domain/daily-cap.ts';
import { spacedMs } from '../../domain/pair-rate.ts';
import { formatRate } from '../../domain/parse-rate.ts';
import type { FindingGroup } from '../../domain/plan-store.ts';
import { formatMicros } from '../../domain/rates.ts';
import type { RenderedMessage } from '../../domain/rendered-message.ts';
import { requestPaceOf } from '../../domain/request-pace.ts';
import type { Count, FrozenSign, PlanCost, PlanRecord, PlanSummary } from '../../domain/run-record.ts';
import { describeFilings } from '../../domain/sms/sms-sign.ts';
import { formatDuration } from './duration.ts';
import { emulatorBanner } from './emulator-banner.ts';
import { formatCount, formatNumber } from './number.ts';
import { palette } from './palette.ts';
import { renderPreview } from './preview.ts';
import { formatTime } from './time.ts';
import { inertLine, padEnd, padStart, truncate } from './wide-text.ts';

export interface PlanSummaryExtra {
  /** The first message to send, or null where there is none. */
  readonly firstPreview: RenderedMessage | null;
  /** The masked address it goes to, or null where there is none. */
  readonly addressMasked: string | null;
  /** How long sending takes at the rates of the campaign. */
  readonly estimateMs: number;
  readonly findingGroups: readonly FindingGroup[];
  /** Null where the plan was not written down, as by `--dry-run`. */
  readonly runFile: string | null;
  readonly width?: number;
  readonly colour?: boolean;
}

/** A summary is for one screen of 24 lines: of a long message the beginning is shown, and `preview` has the rest. */
const mostLines = 23;
const fewestPreviewLines = 5;

const labelWidth = 12;
const defaultWidth = 80;

export function renderPlanSummary(plan: PlanRecord, extra: PlanSummaryExtra): string {
  const { width = defaultWidth, colour = false } = extra;
  const style = palette(colour);
  const lines = [
    ...emulatorBanner(plan.service, style),
    style.bold(`plan of ${inertLine(plan.campaign.name)}`),
    ...countLines(plan, extra.findingGroups, width),
    ...factLines(plan, extra, width),
  ];
  if (extra.firstPreview !== null) lines.push(...previewLines(extra.firstPreview, extra, mostLines - lines.length));
  return lines.join('\n');
}

function countLines({ summary }: PlanRecord, groups: readonly FindingGroup[], width: number): string[] {
  const counts: readonly (readonly [string, number, string])[] = [
    ['rows read', summary.rows, ''],
    ['to send', summary.toSend, ''],
    ['duplicates', summary.duplicates, ''],
    ['suppressed', summary.suppressed, ''],
    ['invalid', summary.invalid, causesOf(groups, ['fatal', 'error'])],
  ];
  const digits = Math.max(...counts.map(([, count]) => formatNumber(count).length));
  const lines = counts
    .filter(([label, count]) => count > 0 || label === 'rows read' || label === 'to send' || label === 'invalid')
    .map(([label, count, note]) => `${padEnd(label, labelWidth)}${padStart(formatNumber(count), digits)}  ${note}`);
  const warnings = causesOf(groups, ['warning']);
  if (warnings !== '') lines.push(`${padEnd('look at', labelWidth)}${warnings}`);
  return lines.map((line) => truncate(`  ${line}`.trimEnd(), width));
}

function causesOf(groups: readonly FindingGroup[], severities: readonly FindingGroup['severity'][]): string {
  return groups
    .filter((group) => severities.includes(group.severity))
    .sort((a, b) => b.count - a.count)
    .map((group) => `${group.code} ${formatNumber(group.count)}`)
    .join(', ');
}

function factLines(plan: PlanRecord, { estimateMs, runFile }: PlanSummaryExtra, width: number): string[] {
  const { campaign, service, summary, validUntil } = plan;
  const until = validUntil === null ? '' : `, valid until ${formatTime(validUntil)}`;
  const facts: Facts = [
    ['languages', named(summary.languages)],
    ['countries', named(summary.countries)],
    ...contentFacts(plan),
    ['sender', campaign.from === '' ? '' : `${campaign.from} (${campaign.channel})`],
    ['service', service.kind === 'emulator' ? `EMULATOR at ${service.endpoint}` : `Alibaba Cloud, ${service.endpoint}`],
    ['account', accountText(plan.account)],
    ['time', timeText(plan, estimateMs)],
    ...modeFacts(campaign.send),
    ['daily cap', dailyCapText(plan)],
    ...(runFile === null ? [] : ([['run file', runFile + until]] as const)),
  ];
  return facts
    .filter(([, text]) => text !== '')
    .map(([label, text]) => truncate(`  ${padEnd(label, labelWidth)}${inertLine(text)}`, width));
}

type Facts = readonly (readonly [string, string])[];

function contentFacts({ campaign, summary, signs }: PlanRecord): Facts {
  const { content, fallback } = campaign;
  switch (content.kind) {
    case 'sms':
      return smsFacts(content, campaign.send, summary, signs);
    case 'template':
      return [
        ['template', content.code],
        ...(fallback === null ? costFacts(summary.cost, '') : fallbackFacts(fallback, summary, signs)),
      ];
    case 'session':
      return [
        ['message', `${content.type}, to people who wrote within 24 hours`],
        ...fallbackFacts(fallback, summary, signs),
      ];
  }
}

/** How many fall back is not known before they are refused, so that everything here is the most it may come to. */
function fallbackFacts(
  fallback: Fallback | null,
  { toSend, segments, cost }: PlanSummary,
  signs: readonly FrozenSign[],
): Facts {
  if (fallback === null) return [];
  const instead = `${describeFallback(fallback)}, for up to ${formatNumber(toSend)}`;
  if (fallback.kind === 'template') return [['fallback', instead]];
  return [
    ['fallback', `${instead}, after ${fallback.on.join(', ')}`],
    ...signFacts(fallback.sms.sign, signs),
    ['segments', segments === null ? '' : `at most ${formatNumber(segments)}`],
    ...costFacts(cost, cost?.templates ? 'at most ' : 'text messages at most '),
  ];
}

/** What mass sending gives up is said before anybody agrees to it. */
function modeFacts(send: Campaign['send']): Facts {
  if (send.mode !== 'mass') return [];
  const most = formatNumber(requestPaceOf(send).messagesPerRequest);
  return [
    ['mode', `mass: requests of up to ${most} messages, named only together`],
    [' ', 'given up: ids at once; sendoff reconcile fetches them later'],
    [' ', `given up: one missing answer makes up to ${most} rows unknown`],
  ];
}

function smsFacts(
  { code, sign }: Extract<CampaignContent, { readonly kind: 'sms' }>,
  { mode }: Campaign['send'],
  { segments, cost, requests }: PlanSummary,
  signs: readonly FrozenSign[],
): Facts {
  const givenUp = mode === 'batch' ? '; one missing answer makes all its rows unknown' : '';
  return [
    ['template', code],
    ...signFacts(sign, signs),
    ['segments', segments === null ? '' : formatNumber(segments)],
    ...costFacts(cost, ''),
    ['requests', requests === null ? '' : `${formatNumber(requests)}${givenUp}`],
  ];
}

/** More signs than this have their filings told by findings alone, and only where one is missing. */
const signsShown = 3;

function signFacts(choice: SignChoice, signs: readonly FrozenSign[]): Facts {
  const told = signs.map(({ name, filings }) => `${name}: ${describeFilings(filings).join(', ')}`);
  if (choice.kind === 'fixed') return [['sign', told[0] ?? choice.sign]];
  return [
    ['sign', `by the column ${choice.column}: ${formatCount(signs.length, 'approved sign')}`],
    ...(told.length > signsShown ? [] : told.map((text): Facts[number] => [' ', text])),
  ];
}

/** In the currency of the operator's own list, which has no name here. */
function costFacts(cost: PlanCost | null, extent: string): Facts {
  if (cost === null) return [];
  const { micros, unpriced } = cost;
  const without = unpriced === 0 ? '' : `, and ${formatCount(unpriced, 'message')} without a price`;
  return [['cost', `${extent}${formatMicros(micros)} by the prices of the campaign${without}`]];
}

/** Empty where the day has room for everything. */
function dailyCapText({ campaign, sender, summary }: PlanRecord): string {
  const cap = effectiveDailyCap(campaign.send.dailyCap, tierPeopleFor(campaign, sender));
  return cap === null || summary.toSend <= cap ? '' : overDays(summary.toSend, cap);
}

/** The rate decides how long it takes, unless one person gets so much that the rest is long done. */
function timeText({ campaign, summary }: PlanRecord, estimateMs: number): string {
  const spaced = spacedMs(summary.mostToOne, campaign.channel);
  const { fallback } = campaign;
  const texts = fallback?.kind === 'sms' ? `, then text messages at ${formatRate(fallback.send.rate)}` : '';
  if (spaced <= estimateMs)
    return `${estimateText(estimateMs)} at ${formatRate(requestPaceOf(campaign.send).requests)}${texts}`;
  const apart = formatDuration(spacedMs(2, campaign.channel));
  return `${estimateText(spaced)}: one address gets ${formatCount(summary.mostToOne, 'message')}, ${apart} apart`;
}

function estimateText(ms: number): string {
  return ms < 1000 ? formatDuration(ms) : `about ${formatDuration(ms)}`;
}

function named(counts: readonly Count[]): string {
  return counts.map(({ name, rows }) => `${name} ${formatNumber(rows)}`).join(', ');
}

function previewLines(message: RenderedMessage, extra: PlanSummaryExtra, room: number): string[] {
  const { addressMasked, width = defaultWidth, colour = false } = extra;
  const title = addressMasked === null ? 'first message:' : `first message, to ${addressMasked}:`;
  const drawn = renderPreview(message, { width, colour }).split('\n');
  const most = Math.max(fewestPreviewLines, room - 1);
  if (drawn.length <= most) return [title, ...drawn];
  const hidden = drawn.length - (most - 1);
  return [title, ...drawn.slice(0, most - 1), `… ${formatCount(hidden, 'more line')}: see sendoff preview`];
}
