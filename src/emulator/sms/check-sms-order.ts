/**
 * The checks of one text to one or many numbers: what SendSms asks for once, and SendBatchSms for each of its numbers. The order of
 * the checks is the emulator's own; the pages do not tell it.
 */
import type { Refusal } from '../refusals.ts';
import { readSmsParams } from './check-sms-values.ts';
import { refuseSms } from './refuse-sms.ts';
import type { SmsDraft } from './sms-message.ts';
import { readSmsNumber } from './sms-number.ts';
import { countSegments } from './sms-segments.ts';
import type { SmsSign } from './sms-signs.ts';
import { fillSms, type SmsTemplate } from './sms-templates.ts';

/** What a text message is held against. */
export interface SmsAccount {
  readonly signs: readonly SmsSign[];
  readonly templates: readonly SmsTemplate[];
}

export interface SmsOrder {
  readonly numbers: readonly string[];
  readonly sign: string;
  /** As parsed from the request; undefined where nothing was there. */
  readonly params: unknown;
  /** Empty where there is none. */
  readonly extendCode: string;
}

export type SmsCheck =
  | { readonly kind: 'fine'; readonly messages: readonly SmsDraft[] }
  /** All of the call: nothing of it was taken. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Most characters with the signature and its brackets. Source: the domestic pages; one of the international site says 1,500. */
const longestText = 500;

/** Null where the template may be sent. */
export function checkSmsTemplate(template: SmsTemplate | undefined, code: string): Refusal | null {
  return template?.state === 'approved' ? null : refuseSms('isv.SMS_TEMPLATE_ILLEGAL', code);
}

export function checkSmsOrder(
  order: SmsOrder,
  template: SmsTemplate,
  outId: string,
  signs: readonly SmsSign[],
): SmsCheck {
  const refusal = checkSign(order.sign, template, signs) ?? checkExtendCode(order.extendCode);
  if (refusal !== null) return { kind: 'refused', refusal };
  const check = readSmsParams(order.params, template);
  if (check.kind === 'refused') return check;
  const text = `【${order.sign}】${fillSms(template, check.params)}`;
  if (text.length > longestText) {
    return { kind: 'refused', refusal: refuseSms('isv.PARAM_LENGTH_LIMIT', `the text has ${text.length} characters`) };
  }
  const isInternational = template.type === 'international';
  const common = {
    channel: 'sms',
    sign: order.sign,
    templateCode: template.code,
    templateType: template.type,
    params: check.params,
    text,
    segments: countSegments(text, !isInternational),
    outId: outId || null,
    extendCode: order.extendCode || null,
  } as const;
  const messages: SmsDraft[] = [];
  for (const number of order.numbers) {
    const read = readSmsNumber(number, isInternational);
    if (read.kind === 'mainland' && isInternational) {
      return { kind: 'refused', refusal: refuseSms('isv.DOMESTIC_NUMBER_NOT_SUPPORTED', number) };
    }
    // That a template for the mainland refuses a number abroad with this code is unverified: the pages name no other.
    if (read.kind === 'illegal' || (read.kind === 'abroad' && !isInternational)) return illegalNumber(number);
    messages.push({ ...common, to: read.to });
  }
  return { kind: 'fine', messages };
}

function checkSign(name: string, template: SmsTemplate, signs: readonly SmsSign[]): Refusal | null {
  const sign = signs.find((each) => each.name === name);
  if (sign === undefined) return refuseSms('isv.SMS_SIGNATURE_ILLEGAL', name);
  if (sign.state === 'cancelled') return refuseSms('isv.SIGN_STATE_ILLEGAL', name);
  if (sign.state !== 'approved') return refuseSms('isv.SMS_SIGN_NAME_ILLEGAL', name);
  if (sign.isForCodesOnly && template.type !== 'verification')
    return refuseSms('isv.SMS_SIGNATURE_SCENE_ILLEGAL', name);
  return null;
}

/** Digits; how many is told nowhere. */
function checkExtendCode(code: string): Refusal | null {
  return /^\d*$/.test(code) ? null : refuseSms('isv.CODE_ERROR', code);
}

/** One bad number refuses the call, of which the pages say nothing; the words are as callers have seen them. */
function illegalNumber(number: string): SmsCheck {
  const refusal = refuseSms('isv.MOBILE_NUMBER_ILLEGAL');
  return { kind: 'refused', refusal: { ...refusal, message: `${number}${refusal.message}` } };
}
