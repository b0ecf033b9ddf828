/** A campaign of text messages as a schema, read like that of the chat channels. */
import { z } from 'zod';
import type { Campaign } from '../domain/campaign.ts';
import { smsRate } from '../domain/request-pace.ts';
import { orNull, pace, recipients, text, words } from './campaign-fields.ts';
import { parseName } from './parse-campaign-fields.ts';
import { batch, sign, smsTemplate } from './sms-fields.ts';

const send = pace.extend({ batch });

const campaign = z.strictObject({
  name: text(parseName),
  channel: z.string().transform(() => 'sms' as const),
  sign,
  recipients,
  template: smsTemplate,
  outId: orNull(words),
  extendCode: orNull(words),
  rates: orNull(words),
  send: send.prefault({}),
});

/** From the same tree of texts as that of the chat channels. */
export const smsCampaignSchema = campaign.transform(
  ({ sign: chosenSign, template: { code, params: sources }, outId, extendCode, send: sending, ...rest }): Campaign => ({
    ...rest,
    from: '',
    custSpaceId: null,
    content: { kind: 'sms', sign: chosenSign, code, params: sources, outId, extendCode },
    fallback: null,
    request: {},
    // Categories are WhatsApp's.
    expect: { category: null },
    send: paceOf(sending),
  }),
);

/** The pace alone, for a run whose words and list are frozen. */
export const smsPaceSchema = z
  .strictObject({ send: send.prefault({}) })
  .transform(({ send: written }): Campaign['send'] => paceOf(written));

function paceOf({ maxDuration, batch: together, rate, dailyCap, ...kept }: z.output<typeof send>): Campaign['send'] {
  return {
    ...kept,
    mode: together ? 'batch' : 'single',
    rate: rate ?? smsRate,
    senderRate: null,
    maxDurationMs: maxDuration,
    dailyCap: dailyCap ?? { kind: 'none' },
  };
}

/** The fields of each group, for "did you mean": see `knownFields` of the chat channels. */
export const knownSmsFields: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(campaign.shape),
  sign: ['column'],
  recipients: Object.keys(recipients.shape),
  template: Object.keys(smsTemplate.shape),
  'template.params.*': ['text', 'column'],
  send: Object.keys(send.shape),
  'send.stopAfter': ['failures', 'atLeast'],
};
