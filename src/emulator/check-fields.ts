/** The fields beside address, template and content. Source: the request table of the SendChatappMessage page. */
import { z } from 'zod';
import type { Parameters } from './parameters.ts';
import { type Refusal, refuse } from './refusals.ts';
import { describeIssue, firstIssue } from './schema-issue.ts';

/** Seconds after which a text message goes out instead. */
const fallBackSeconds = { min: 60, max: 43_200 };
/** Seconds that Viber tries to deliver. */
const ttlSeconds = { min: 30, max: 1_209_600 };

const numbers: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  FallBackDuration: fallBackSeconds,
  Ttl: ttlSeconds,
};

/** The categories are those of WhatsApp's templates; the page's only sample is UTILITY. */
const words: Readonly<Record<string, readonly string[]>> = {
  FallBackRule: ['undelivered', 'sentFailed'],
  Label: ['promotion', 'transaction'],
  RecipientType: ['individual', 'group'],
  Category: ['UTILITY', 'MARKETING', 'AUTHENTICATION'],
};

const productsSchema = z
  .looseObject({
    ThumbnailProductRetailerId: z.string().optional(),
    Sections: z
      .array(
        z.looseObject({
          Title: z.string().optional(),
          ProductItems: z
            .array(z.looseObject({ ProductRetailerId: z.string().min(1, 'must not be empty') }))
            .optional(),
        }),
      )
      .max(10, 'must have at most 10 sections')
      .optional(),
  })
  .refine(({ Sections = [] }) => Sections.flatMap(({ ProductItems = [] }) => ProductItems).length <= 30, {
    path: ['Sections'],
    error: 'must have at most 30 products',
  });

const objects: Readonly<Record<string, z.ZodType>> = {
  Payload: z.array(z.string()),
  ProductAction: productsSchema,
  FlowAction: z.looseObject({
    FlowToken: z.string().optional(),
    FlowActionData: z.record(z.string(), z.unknown()).optional(),
  }),
};

/** Null when each field that is there is of its form. The service has no codes of their own for them. */
export function checkFields(parameters: Parameters): Refusal | null {
  return checkNumbers(parameters) ?? checkWords(parameters) ?? checkObjects(parameters);
}

function checkNumbers(parameters: Parameters): Refusal | null {
  for (const [name, { min, max }] of Object.entries(numbers)) {
    const text = parameters.text(name);
    const isWithin = /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max;
    if (text !== '' && !isWithin) {
      return refuse('InvalidParameter', `${name} is a whole number of seconds from ${min} to ${max}.`);
    }
  }
  return null;
}

function checkWords(parameters: Parameters): Refusal | null {
  for (const [name, known] of Object.entries(words)) {
    const text = parameters.text(name);
    if (text !== '' && !known.includes(text)) return refuse('InvalidParameter', `${name} is ${known.join(' or ')}.`);
  }
  if (parameters.text('RecipientType') === 'group' && parameters.text('ChannelType') !== 'whatsapp') {
    return refuse('InvalidParameter', 'RecipientType group is for whatsapp.');
  }
  return null;
}

function checkObjects(parameters: Parameters): Refusal | null {
  for (const [name, schema] of Object.entries(objects)) {
    const value = parameters.json(name);
    if (value === undefined) continue;
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const issue = firstIssue(parsed.error);
      return refuse('InvalidParameter', `${describeIssue({ ...issue, path: [name, ...issue.path] })}.`);
    }
  }
  return null;
}
