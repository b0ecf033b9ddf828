/**
 * The checks of SendChatappMassMessage. Source: its API page. The answer has no place for single recipients, and the page does not
 * say what becomes of a list with a bad one in it: the emulator refuses the whole call and names the first. That is unverified.
 */
import { z } from 'zod';
import { type Account, checkMessage } from './check-message.ts';
import type { MessageDraft } from './message-draft.ts';
import type { Parameters } from './parameters.ts';
import { type Refusal, refuse } from './refusals.ts';
import { describeIssue, firstIssue } from './schema-issue.ts';

/** Source: the SenderList row of the page. */
const mostRecipients = 1000;

export type MassCheck =
  | { readonly kind: 'fine'; readonly messages: readonly MessageDraft[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function checkMassMessage(parameters: Parameters, account: Account): MassCheck {
  const list = readSenderList(parameters);
  if (list.kind === 'refused') return list;
  const common = parameters.with([
    ['Type', 'template'],
    ['SenderList', ''],
  ]);
  const messages: MessageDraft[] = [];
  for (const [index, recipient] of list.recipients.entries()) {
    const check = checkMessage(common.with(recipientTexts(recipient)), account);
    if (check.kind === 'refused') return { kind: 'refused', refusal: at(index, check.refusal) };
    messages.push(check.message);
  }
  return { kind: 'fine', messages };
}

/**
 * What stands here for one recipient is what SendChatappMessage has as parameters, but as values and not as texts. Other keys are
 * left out, so that none of them can take the place of what the whole call says.
 */
const recipientSchema = z.object({
  To: z.string().optional(),
  TemplateParams: z.unknown().optional(),
  Payload: z.unknown().optional(),
  ProductAction: z.unknown().optional(),
  FlowAction: z.unknown().optional(),
  RecipientType: z.string().optional(),
});

type Recipient = z.output<typeof recipientSchema>;

/** The addresses of the list, as far as it can be read. */
export function massRecipients(parameters: Parameters): readonly string[] {
  const list = parameters.json('SenderList');
  if (!Array.isArray(list)) return [];
  return list.flatMap((recipient: unknown) => recipientSchema.safeParse(recipient).data?.To ?? []);
}

type SenderList =
  | { readonly kind: 'list'; readonly recipients: readonly Recipient[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

function readSenderList(parameters: Parameters): SenderList {
  const value = parameters.json('SenderList');
  if (value === undefined) return { kind: 'refused', refusal: refuse('MissingSenderList') };
  if (!Array.isArray(value) || value.length === 0) return refused('SenderList is no list of recipients.');
  if (value.length > mostRecipients) return refused(`SenderList has at most ${mostRecipients} recipients.`);
  const parsed = z.array(recipientSchema).safeParse(value);
  if (parsed.success) return { kind: 'list', recipients: parsed.data };
  const issue = firstIssue(parsed.error);
  return refused(`${describeIssue({ ...issue, path: ['SenderList', ...issue.path] })}.`);
}

function refused(detail: string): SenderList {
  return { kind: 'refused', refusal: refuse('InvalidParameter', detail) };
}

/** Says whose it is: `… (SenderList[3])`, counted from 0. */
function at(index: number, refusal: Refusal): Refusal {
  return { ...refusal, message: `${refusal.message} (SenderList[${index}])` };
}

/** Values as the texts that SendChatappMessage has them as. What is JSON text already stays a text, and is refused as one. */
function recipientTexts({
  To,
  RecipientType,
  ...values
}: Recipient): readonly (readonly [name: string, text: string])[] {
  const texts = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, JSON.stringify(value)] as const);
  return [['To', To ?? ''], ['RecipientType', RecipientType ?? ''], ...texts];
}
