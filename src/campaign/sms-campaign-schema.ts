/** A campaign of text messages as a schema, read like that of the chat channels. */
import { z } from 'zod';
import type { Campaign, SignChoice } from '../domain/campaign.ts';
import { smsRate } from '../domain/request-pace.ts';
import { orNull, pace, params, recipients, text, words } from './campaign-fields.ts';
import { parseName, parseSwitch } from './parse-campaign-fields.ts';

const template = z.strictObject({ code: words, params });

const fixedSign = words.transform((sign): SignChoice => ({ kind: 'fixed', sign: sign.trim() }));
const signColumn = z
  .strictObject({ column: words })
  .transform(({ column }): SignChoice => ({ kind: 'column', column }));

const send = pace.extend({ batch: text(parseSwitch).default(true) });

const campaign = z.strictObject({
  name: text(parseName),
  channel: z.string().transform(() => 'sms' as const),
  sign: z.union([fixedSign, signColumn]),
  recipients,
  template,
  outId: orNull(words),
  extendCode: orNull(words),
  rates: orNull(words),
  send: send.prefault({}),
});

/** From the same tree of texts as that of the chat channels. */
export const smsCampaignSchema = campaign.transform(
  ({ sign, template: { code, params: sources }, outId, extendCode, send: sending, ...rest }): Campaign => {
    const { maxDuration, batch, rate, dailyCap, ...kept } = sending;
    return {
      ...rest,
      from: '',
      custSpaceId: null,
      content: { kind: 'sms', sign, code, params: sources, outId, extendCode },
      fallback: null,
      request: {},
      // Categories are WhatsApp's.
      expect: { category: null },
      send: {
        ...kept,
        mode: batch ? 'batch' : 'single',
        rate: rate ?? smsRate,
        senderRate: null,
        maxDurationMs: maxDuration,
        dailyCap: dailyCap ?? { kind: 'none' },
      },
    };
  },
);

/** The fields of each group, for "did you mean": see `knownFields` of the chat channels. */
export const knownSmsFields: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(campaign.shape),
  sign: ['column'],
  recipients: Object.keys(recipients.shape),
  template: Object.keys(template.shape),
  'template.params.*': ['text', 'column'],
  send: Object.keys(send.shape),
  'send.stopAfter': ['failures', 'atLeast'],
};
