/**
 * What stands in for refused messages, as a schema: a template, or with `channel: sms` a text message. Each has fields of its
 * own, so that whoever reads a campaign says first which of them is meant.
 */
import { z } from 'zod';
import type { SmsFallback, TemplateFallback } from '../domain/campaign.ts';
import { notOnWhatsApp, windowClosed } from '../domain/fallback-codes.ts';
import { parseRate } from '../domain/parse-rate.ts';
import { smsRate } from '../domain/request-pace.ts';
import { orNull, template, text, words } from './campaign-fields.ts';
import type { KnownFields } from './describe-issues.ts';
import { parseFallbackChannel, parseFallbackCode } from './parse-campaign-fields.ts';
import { batch, sign, smsTemplate } from './sms-fields.ts';

const code = text(parseFallbackCode);
const codes = z.array(code).transform((named, context) => {
  if (named.length > 0) return named;
  context.addIssue({ code: 'custom', message: 'no code is named', params: { hint: 'remove the line, or name one' } });
  return z.NEVER;
});

/** Refusals, with those that count where none are named. */
function refusals(usual: readonly string[]) {
  return z.union([code.transform((one) => [one]), codes]).default([...usual]);
}

const templateFields = z.strictObject({
  channel: text((written) => parseFallbackChannel(written, 'whatsapp')).optional(),
  template,
  on: refusals(windowClosed),
});

export const templateFallback = templateFields.transform(
  ({ template: chosen, on }): TemplateFallback => ({ kind: 'template', template: chosen, on }),
);

const smsSend = z.strictObject({ rate: text(parseRate).default(smsRate), batch });

const smsFields = z.strictObject({
  channel: text((written) => parseFallbackChannel(written, 'sms')),
  sign,
  template: smsTemplate,
  on: refusals(notOnWhatsApp),
  outId: orNull(words),
  extendCode: orNull(words),
  send: smsSend.prefault({}),
});

export const smsFallback = smsFields.transform(
  ({ sign: chosenSign, template: { code, params }, on, outId, extendCode, send }): SmsFallback => ({
    kind: 'sms',
    sms: { sign: chosenSign, code, params, outId, extendCode },
    on,
    send: { mode: send.batch ? 'batch' : 'single', rate: send.rate },
  }),
);

export const knownTemplateFallback: KnownFields = {
  fallback: Object.keys(templateFields.shape),
  'fallback.template': Object.keys(template.shape),
  'fallback.template.language': ['column', 'default'],
  'fallback.template.params.*': ['text', 'column'],
};

export const knownSmsFallback: KnownFields = {
  fallback: Object.keys(smsFields.shape),
  'fallback.sign': ['column'],
  'fallback.template': Object.keys(smsTemplate.shape),
  'fallback.template.params.*': ['text', 'column'],
  'fallback.send': Object.keys(smsSend.shape),
};
