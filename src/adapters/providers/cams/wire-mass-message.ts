/** Template messages as the fields of SendChatappMassMessage: what is said once for all of them, and what each recipient has. */
import type { Message, TemplateContent } from '../../../domain/message.ts';
import { wireFallback, wireFlow, wireProducts } from './wire-message.ts';

/** Whether two messages agree in everything that a request says once. */
export function sayTheSame(one: Message, other: Message): boolean {
  const ours = one.content;
  const theirs = other.content;
  return (
    ours.kind === 'template' &&
    theirs.kind === 'template' &&
    ours.code === theirs.code &&
    ours.language === theirs.language &&
    one.channel === other.channel &&
    one.from === other.from &&
    sameFallback(one, other)
  );
}

function sameFallback(
  { request: { smsFallback: one } }: Message,
  { request: { smsFallback: other } }: Message,
): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Everything is in the form, as the official client puts it. Source: the request table of the API page. */
export function wireMassMessage(
  batch: readonly [Message, ...Message[]],
  taskId: string,
): Readonly<Record<string, string>> {
  const [{ channel, from, content, request }] = batch;
  const { code, language } = templateIn(content);
  const fields: Readonly<Record<string, string | undefined>> = {
    ChannelType: channel,
    From: from,
    TemplateCode: code,
    Language: language,
    SenderList: JSON.stringify(batch.map(wireRecipient)),
    TaskId: taskId,
    ...(request.smsFallback && wireFallback(request.smsFallback)),
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

/** The service calls a recipient with its values a sender. What is undefined is left out of the JSON. */
function wireRecipient({ to, content, request }: Message): object {
  const { payload, productAction, flowAction, recipientType } = request;
  const { params } = templateIn(content);
  return {
    To: to,
    TemplateParams: Object.keys(params).length === 0 ? undefined : params,
    Payload: payload,
    ProductAction: productAction && wireProducts(productAction),
    FlowAction: flowAction && wireFlow(flowAction),
    RecipientType: recipientType,
  };
}

function templateIn(content: Message['content']): TemplateContent {
  if (content.kind !== 'template') throw new RangeError('mass sending takes templates only');
  return content;
}
