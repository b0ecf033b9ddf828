/**
 * A campaign of the chat channels as a schema: every field, how its text is read, and its default. Files and flags both go
 * through it.
 */
import { z } from 'zod';
import type { Campaign, CampaignContent, ContentSource, Fallback } from '../domain/campaign.ts';
import { parseRate } from '../domain/parse-rate.ts';
import { type RequestField, requestFields } from '../domain/request-fields.ts';
import { defaultRates } from '../domain/request-pace.ts';
import type { TextTree } from '../domain/text-tree.ts';
import { expected, orNull, pace, recipients, template, text, words } from './campaign-fields.ts';
import type { KnownFields } from './describe-issues.ts';
import { knownSmsFallback, knownTemplateFallback, smsFallback, templateFallback } from './fallback-schema.ts';
import { parseChatChannel, parseCustSpaceId, parseMode, parseName, parseSender } from './parse-campaign-fields.ts';
import { togetherMistakes } from './together-mistakes.ts';

/** Whatever was written: groups, lists and texts of any depth. What they may be is for the channel's own rules to say. */
const textTree = z.custom<TextTree>((written) => written !== undefined);

const contentColumn = words.transform((column): ContentSource => ({ kind: 'column', column }));
const contentFields = z.record(z.string(), textTree).transform((fields, context): ContentSource => {
  const { column, ...others } = fields;
  if (typeof column !== 'string' || Object.keys(others).length > 0) return { kind: 'fields', fields };
  if (column.trim() !== '') return { kind: 'column', column };
  const message = `"${column}" is blank`;
  context.addIssue({ code: 'custom', path: ['column'], message, params: { hint: 'name the column with the content' } });
  return z.NEVER;
});

const message = z.strictObject({
  type: words,
  content: z.union([contentColumn, contentFields]).default({ kind: 'fields', fields: {} }),
});

const request = z.strictObject(
  // the keys are those of the record
  Object.fromEntries(requestFields.map((field) => [field, textTree.optional()])) as Record<
    RequestField,
    z.ZodOptional<typeof textTree>
  >,
);

const send = pace.extend({ mode: text(parseMode).default('single'), senderRate: orNull(text(parseRate)) });

function campaignWith<Schema extends z.ZodType<Fallback>>(fallback: Schema) {
  return z.strictObject({
    name: text(parseName),
    channel: text(parseChatChannel).default('whatsapp'),
    from: text(parseSender),
    custSpaceId: orNull(text(parseCustSpaceId)),
    recipients,
    template: orNull(template),
    message: orNull(message),
    fallback: orNull(fallback),
    rates: orNull(words),
    request: request.prefault({}),
    expect: expected.prefault({}),
    send: send.prefault({}),
  });
}

type Written = z.output<ReturnType<typeof campaignWith>>;

const withTemplate = campaignWith(templateFallback);
const withText = campaignWith(smsFallback);

/** The pace alone, for a run whose words and list are frozen. */
export const paceSchema = z
  .strictObject({ send: send.prefault({}) })
  .transform(({ send: written }): Campaign['send'] => paceOf(written));

/** The usual rate is that of the mode. */
function paceOf({ maxDuration, rate, dailyCap, ...written }: z.output<typeof send>): Campaign['send'] {
  return {
    ...written,
    rate: rate ?? defaultRates[written.mode],
    dailyCap: dailyCap ?? { kind: 'tier' },
    maxDurationMs: maxDuration,
  };
}

function campaignOf(written: Written, context: z.RefinementCtx): Campaign {
  const { template: chosen, message: said, request: fields, send: sending, ...rest } = written;
  const mistakes = togetherMistakes(written);
  for (const { path, message: words, hint } of mistakes) {
    context.addIssue({ code: 'custom', path: [...path], message: words, params: { hint } });
  }
  const content = contentOf(chosen, said);
  if (mistakes.length > 0 || content === null) return z.NEVER;
  return {
    ...rest,
    content,
    request: Object.fromEntries(Object.entries(fields).filter(([, tree]) => tree !== undefined)),
    send: paceOf(sending),
  };
}

/** From the tree of texts that `parseCampaignText` and the flags give. Paths in it are as the operator wrote them. */
export const campaignSchema = withTemplate.transform(campaignOf);

/** The same for a campaign whose fallback is a text message. */
export const smsFallbackCampaignSchema = withText.transform(campaignOf);

function contentOf(chosen: Written['template'], said: Written['message']): CampaignContent | null {
  if (said !== null) return { kind: 'session', ...said };
  return chosen === null ? null : { kind: 'template', ...chosen };
}

const knownGroups: KnownFields = {
  recipients: Object.keys(recipients.shape),
  template: Object.keys(template.shape),
  'template.language': ['column', 'default'],
  'template.params.*': ['text', 'column'],
  message: Object.keys(message.shape),
  request: requestFields,
  expect: Object.keys(expected.shape),
  send: Object.keys(send.shape),
  'send.stopAfter': ['failures', 'atLeast'],
};

/** For "did you mean". */
export const knownFields: KnownFields = {
  '': Object.keys(withTemplate.shape),
  ...knownGroups,
  ...knownTemplateFallback,
};

export const knownFieldsWithText: KnownFields = {
  '': Object.keys(withText.shape),
  ...knownGroups,
  ...knownSmsFallback,
};
