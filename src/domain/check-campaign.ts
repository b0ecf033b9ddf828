/** What can be said of a campaign and of a template before any row is read. */
import { type Campaign, type Fallback, templateOf } from './campaign.ts';
import { windowClosed } from './fallback-codes.ts';
import type { Finding } from './finding.ts';
import { checkLanguage, nearestLanguage } from './languages.ts';
import type { Channel } from './message.ts';
import { formatRate } from './parse-rate.ts';
import { defaultRates, messagesPerSecond, perSecond, requestPaceOf } from './request-pace.ts';
import type { Template } from './template.ts';

type About = Pick<Finding, 'row' | 'column'>;
const aboutAll: About = { row: null, column: null };

/** Messages a second of one sender unless Meta has raised it. Source: Meta's default throughput of a business number. */
const senderPerSecond = 80;

/** The campaign by itself, without its list and its template. */
export function checkCampaign(campaign: Campaign): readonly Finding[] {
  const findings: Finding[] = [];
  const language = templateOf(campaign)?.language;
  const written = language?.kind === 'column' ? language.fallback : (language?.language ?? null);
  if (written !== null && checkLanguage(written).kind === 'unknown') {
    findings.push({ ...aboutAll, ...unknownLanguage(written), severity: 'fatal' });
  }
  return [...findings, ...checkSession(campaign), ...checkRates(campaign)];
}

/** What only those know who wrote to the sender lately. Source: WhatsApp, customer service windows; the API page of Type. */
function checkSession({ channel, content, fallback, request }: Campaign): readonly Finding[] {
  const findings: Finding[] = [];
  if (content.kind === 'session') {
    findings.push({
      ...aboutAll,
      code: 'SESSION_WINDOW',
      severity: 'warning',
      value: null,
      message: 'these words reach only people who wrote to the sender within the last 24 hours',
      hint: windowHint(channel, fallback),
    });
  }
  if (request.category !== undefined) {
    findings.push({
      ...aboutAll,
      code: 'DIRECT_CATEGORY',
      severity: 'warning',
      value: typeof request.category === 'string' ? request.category : null,
      message: 'request.category is for accounts that Meta invited; with any other account delivery fails',
      hint: 'leave it out unless Meta invited this account',
    });
  }
  return findings;
}

/** Templates go by WhatsApp alone. */
function windowHint(channel: Channel, fallback: Fallback | null): string {
  if (fallback?.kind === 'template') return `the others get the template "${fallback.template.code}"`;
  if (fallback?.kind === 'sms') {
    if (fallback.on.some((code) => windowClosed.includes(code)))
      return `the others get the text message "${fallback.sms.code}"`;
    return `the others are refused; add ${windowClosed.join(' and ')} to fallback.on to reach them by text message`;
  }
  return `the others are refused${channel === 'whatsapp' ? '; name a template under fallback to reach them' : ''}`;
}

function checkRates({ channel, from, send }: Campaign): readonly Finding[] {
  const { mode, rate, senderRate } = send;
  const findings: Finding[] = [];
  if (channel === 'whatsapp' && senderRate === null && messagesPerSecond(requestPaceOf(send)) > senderPerSecond) {
    const subject = mode === 'mass' ? 'what mass sending may hand over' : 'the rate';
    findings.push({
      ...aboutAll,
      code: 'SENDER_RATE',
      severity: 'warning',
      value: formatRate(rate),
      message: `${subject} is above the ${senderPerSecond} messages a second that WhatsApp gives a sender by default`,
      hint: `set send.senderRate to what ${from} may emit, such as ${senderPerSecond}/s`,
    });
  }
  if (mode === 'mass' && perSecond(rate) > perSecond(defaultRates.mass)) {
    findings.push({
      ...aboutAll,
      code: 'MASS_RATE',
      severity: 'warning',
      value: formatRate(rate),
      message: `the rate counts requests, and the service takes ${formatRate(defaultRates.mass)} of mass sending`,
      hint: `leave send.rate out, or set it to ${formatRate(defaultRates.mass)}`,
    });
  }
  return findings;
}

/** The words for a language code that does not exist, whether it stands in the campaign or in a cell. */
export function unknownLanguage(code: string): Pick<Finding, 'code' | 'value' | 'message' | 'hint'> {
  const close = nearestLanguage(code);
  return {
    code: 'LANGUAGE_UNKNOWN',
    value: code,
    message: `there is no language code "${code}"`,
    hint: close === null ? 'use a code such as en, en_US or zh_CN, case and all' : `did you mean "${close}"?`,
  };
}

/** A variant by itself: whether it may be sent, and what to know of it first. */
export function checkTemplate(template: Template): readonly Finding[] {
  const blocked = whyBlocked(template);
  const findings: Finding[] = blocked === null ? [] : [{ ...aboutAll, ...blocked, severity: 'fatal' }];
  if (template.quality === 'RED' || template.quality === 'YELLOW') {
    findings.push({
      ...aboutAll,
      code: 'TEMPLATE_QUALITY_LOW',
      severity: 'warning',
      value: template.quality,
      message: `WhatsApp rates ${variantName(template)} ${template.quality}, and may pause it`,
      hint: 'send to a smaller, better chosen list, or improve the text',
    });
  }
  return findings;
}

/** Why no message can be made of a variant, or null. */
export function whyBlocked(template: Template): Pick<Finding, 'code' | 'value' | 'message' | 'hint'> | null {
  const name = variantName(template);
  const { status, statusWord, reason, unsupported } = template;
  switch (status) {
    case 'paused':
    case 'disabled':
      return {
        code: 'TEMPLATE_PAUSED',
        value: statusWord,
        message: withReason(`WhatsApp has ${status} ${name}`, reason),
        hint: 'wait for the pause to end, edit the template, or use another',
      };
    case 'pending':
      return {
        code: 'TEMPLATE_NOT_APPROVED',
        value: statusWord,
        message: withReason(`${name} is not reviewed yet`, reason),
        hint: 'wait for the review, or use an approved template',
      };
    case 'rejected':
    case 'cancelled':
    case 'unknown':
      return {
        code: 'TEMPLATE_NOT_APPROVED',
        value: statusWord,
        message: withReason(`${name} is not approved, its state is "${statusWord}"`, reason),
        hint: 'use an approved template',
      };
    case 'approved':
      return unsupported.length === 0
        ? null
        : {
            code: 'TEMPLATE_UNSUPPORTED',
            value: unsupported.join(', '),
            message: `${name} has a part that cannot be sent yet: ${unsupported.join(', ')}`,
            hint: 'use a template without that part',
          };
  }
}

function variantName(template: Template): string {
  return `the template "${template.code}"${template.language === '' ? '' : ` in ${template.language}`}`;
}

function withReason(message: string, reason: string | null): string {
  return reason === null || reason.trim() === '' ? message : `${message}: ${reason.trim()}`;
}
