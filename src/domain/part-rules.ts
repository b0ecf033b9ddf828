/** What a part of a message has to be once its variables are filled: its length, and for links, codes and times, its form. */
import type { FindingCode } from './finding-codes.ts';
import type { Template } from './template.ts';
import type { PartKind } from './template-parts.ts';

/**
 * The most characters a part may have. Sources: CreateChatappTemplate page of Chat App Message Service for a body (1,024)
 * and a header (60); copies that other providers keep of Meta's template pages for the body and the text of a limited-time
 * offer (600 and 16), the body of a carousel card (160) and a coupon code (20). Null: we know of no limit.
 */
export function longestPart(kind: PartKind, template: Pick<Template, 'offer' | 'sms'>): number | null {
  // A text message is measured as a whole, its sign included.
  if (template.sms !== null) return null;
  switch (kind) {
    case 'headerText':
      return 60;
    case 'body':
      return template.offer === null ? 1024 : 600;
    case 'cardBody':
      return 160;
    case 'offerText':
      return 16;
    case 'coupon':
      return 20;
    case 'buttonUrl':
    case 'mediaUrl':
    case 'expiry':
      return null;
  }
}

/**
 * The length of a text as the limits count it. Meta does not say what a character is, so code points are taken as the
 * middle way: in UTF-16 units an emoji is two, which would leave out people whose message may well go through; counting
 * what looks like one character, such as a family of four, would let far longer texts pass than the number suggests.
 */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

export interface PartProblem {
  readonly code: Extract<FindingCode, 'URL_INVALID' | 'MEDIA_URL_INVALID' | 'COUPON_INVALID' | 'EXPIRY_INVALID'>;
  readonly message: string;
  readonly hint: string;
}

/** Whether a part has to be more than a text: a link, a code, a time. */
export function hasForm(kind: PartKind): boolean {
  return kind === 'buttonUrl' || kind === 'mediaUrl' || kind === 'coupon' || kind === 'expiry';
}

/** What is wrong with the form of a filled part, or null. `fixed` is what the template has in front of its variable. */
export function partProblem(kind: PartKind, text: string, fixed: string, now: number): PartProblem | null {
  switch (kind) {
    case 'buttonUrl':
      return linkProblem(text, fixed);
    case 'mediaUrl':
      return mediaProblem(text, fixed);
    case 'coupon':
      return couponProblem(text);
    case 'expiry':
      return expiryProblem(text, now);
    case 'headerText':
    case 'body':
    case 'cardBody':
    case 'offerText':
      return null;
  }
}

const plainLink = /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#][!-~]*)?$/i;

function linkProblem(url: string, fixed: string): PartProblem | null {
  const twice = wholeLinkBehind(fixed, url);
  if (twice !== null) return { code: 'URL_INVALID', ...twice };
  // The parser takes a microsecond and more; most links are plain.
  if (plainLink.test(url)) return null;
  const parsed = parseLink(url);
  if (typeof parsed === 'string') return { code: 'URL_INVALID', message: parsed, hint: 'correct the value' };
  if (parsed.protocol === 'https:' || parsed.protocol === 'http:') return null;
  return { code: 'URL_INVALID', message: 'is neither http nor https', hint: 'begin it with https://' };
}

function mediaProblem(url: string, fixed: string): PartProblem | null {
  const twice = wholeLinkBehind(fixed, url);
  if (twice !== null) return { code: 'MEDIA_URL_INVALID', ...twice };
  const parsed = parseLink(url);
  const message = typeof parsed === 'string' ? parsed : notPublic(parsed);
  return message === null
    ? null
    : { code: 'MEDIA_URL_INVALID', message, hint: 'give an https address that opens without a login' };
}

/** A value that is a whole link where the template has the beginning of one: nobody means `https://a/https://a/x`. */
function wholeLinkBehind(fixed: string, url: string): Pick<PartProblem, 'message' | 'hint'> | null {
  const value = url.slice(fixed.length);
  // Behind `?to=` or `#` a whole link is a parameter of the page.
  if (fixed === '' || /[?#]/.test(fixed) || !/^(?:https?:)?\/\//i.test(value)) return null;
  const rest = value.startsWith(fixed) ? `, here "${value.slice(fixed.length)}"` : '';
  return { message: `already has "${fixed}" in front of the value`, hint: `give only what follows it${rest}` };
}

function parseLink(url: string): URL | string {
  if (/\s/.test(url)) return 'has a blank in it';
  return URL.parse(url) ?? 'is not a link';
}

/** Names that never lead out of a network. Source: RFC 6761, RFC 6762, RFC 8375 and the reserved `internal`. */
const privateName = /(?:^|\.)(?:localhost|local|internal|test|invalid|example|home\.arpa)$/;
/** Addresses that never lead out of a network, as the URL parser writes them. Source: RFC 6890. */
const privateV4 = /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
const privateV6 = /^\[(?:::1?|::ffff:.*|f[cd].*|fe[89ab].*)\]$/;

function notPublic(url: URL): string | null {
  const host = url.hostname.replace(/\.$/, '');
  if (url.protocol !== 'https:') return 'is not an https address';
  if (url.username !== '' || url.password !== '') return 'has a login in it';
  if (privateName.test(host) || privateV4.test(host) || privateV6.test(host)) return 'is not on the public internet';
  return host.includes('.') || host.startsWith('[') ? null : 'is not on the public internet';
}

/** Source: CreateChatappTemplate page, CouponCode. */
function couponProblem(code: string): PartProblem | null {
  if (/^[A-Za-z0-9]+$/.test(code)) return null;
  const stranger = /[^A-Za-z0-9]/u.exec(code)?.[0] ?? '';
  return { code: 'COUPON_INVALID', message: `has "${stranger}" in it`, hint: 'use letters and digits only' };
}

function expiryProblem(text: string, now: number): PartProblem | null {
  const problem = (message: string, hint: string): PartProblem => ({ code: 'EXPIRY_INVALID', message, hint });
  if (/^\d{10}$/.test(text)) return problem('is a time in seconds', 'give milliseconds: add three digits, such as 000');
  if (!/^\d{13}$/.test(text)) {
    return problem('is not a time in milliseconds', 'write it as such, or as text: {{ column | date: "%s" }}000');
  }
  return Number(text) > now ? null : problem('is in the past', 'give a time to come');
}
