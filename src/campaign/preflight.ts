/**
 * What can be told of a plan as a whole once its list is read and before anything leaves: the sender and its health are
 * asked of the service, the rest follows from the templates and the counts.
 */
import type { Campaign } from '../domain/campaign.ts';
import type { Finding } from '../domain/finding.ts';
import type { HealthLookup, HealthSource } from '../domain/health.ts';
import type { MostToOne } from '../domain/plan-store.ts';
import { checkClock } from '../domain/preflight-clock.ts';
import { checkHealth } from '../domain/preflight-health.ts';
import { checkSender, checkTier } from '../domain/preflight-sender.ts';
import { checkCategory, foretellRefusals, isMarketing } from '../domain/preflight-template.ts';
import { findSender, type SenderLookup, type SenderSource } from '../domain/sender.ts';
import { foretellSms } from '../domain/sms/foretell.ts';
import type { SmsTemplateKind } from '../domain/sms/sms-template.ts';
import type { Template } from '../domain/template.ts';

/** Where the service tells of senders. */
export interface PreflightSources {
  /** Milliseconds that this machine is ahead of the service, or null where the service does not tell. */
  clockSkewMs(): Promise<number | null>;
  /** Null for a channel whose senders the service does not tell of. */
  readonly senders: SenderSource | null;
  /** Null where the campaign names no space: the service asks for one. */
  readonly health: HealthSource | null;
}

/** What the list has come to. */
export interface PreflightCounts {
  /** Different addresses that get a message. */
  readonly people: number;
  /** Messages to send by the language of their template, with null in any, and with a country by that of their address as well. */
  messages(language: string | null, country?: string): number;
  readonly mostToOne: MostToOne;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Preflight {
  readonly findings: readonly Finding[];
  /** Null: not asked. */
  readonly sender: SenderLookup | null;
  readonly health: HealthLookup | null;
  /** Different addresses that get a message. */
  readonly people: number;
}

/** `sources` is null where the service is not to be asked. */
export async function runPreflight(
  campaign: Campaign,
  templates: Iterable<Template>,
  counts: PreflightCounts,
  sources: PreflightSources | null,
): Promise<Preflight> {
  const [skewMs, senders, health] = await Promise.all([
    sources?.clockSkewMs() ?? null,
    sources?.senders?.list() ?? null,
    sources?.health?.ofSender(campaign.from) ?? null,
  ]);
  const sender = senders === null ? null : findSender(senders, campaign.from);
  const found = [...templates];
  const chat = found.filter(({ sms }) => sms === null);
  const marketing = chat.filter(isMarketing).map(({ language }) => language);
  const sum = (messages: readonly number[]) => messages.reduce((total, each) => total + each, 0);
  return {
    sender,
    health,
    people: counts.people,
    findings: [
      ...checkClock(skewMs),
      ...chat.flatMap((template) => checkCategory(template, campaign.expect.category)),
      ...(sender === null ? [] : checkSender(campaign.from, sender)),
      ...(sender?.kind === 'found' ? checkTier(campaign, sender.sender, counts.people) : []),
      ...(health === null ? [] : checkHealth(health)),
      ...found.flatMap(({ sms }) => (sms === null ? [] : foretellTexts(campaign, sms.kind, counts))),
      ...foretellRefusals({
        messages: sum(marketing.map((language) => counts.messages(language))),
        toUnitedStates: sum(marketing.map((language) => counts.messages(language, 'US'))),
      }),
    ],
  };
}

/** Text messages that stand in for others may be as many as those. */
function foretellTexts(
  { content, fallback }: Campaign,
  kind: SmsTemplateKind,
  { messages, mostToOne, now }: PreflightCounts,
): readonly Finding[] {
  const standIn = fallback !== null;
  const most = standIn ? mostToOne.fallbacks : mostToOne.messages;
  const text = content.kind === 'sms' ? content : fallback?.kind === 'sms' ? fallback.sms : null;
  const manySigns = text?.sign.kind === 'column';
  return foretellSms({ kind, toMainland: messages(null, 'CN'), mostToOne: most, standIn, manySigns, now });
}
