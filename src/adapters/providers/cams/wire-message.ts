/** A message as the fields of SendChatappMessage. */
import type { Message, MessageContent } from '../../../domain/message.ts';
import {
  type FlowAction,
  noRequestFields,
  type ProductAction,
  type RequestFields,
  type SmsFallback,
} from '../../../domain/request-fields.ts';
import { wireContent } from '../../../domain/session/wire-content.ts';
import type { CallFields } from '../alibaba-cloud/service-client.ts';

/** The service's Type. */
export function wireType({ kind }: MessageContent): 'template' | 'message' {
  return kind === 'template' ? 'template' : 'message';
}

/** Content and Payload go where the official client puts them, in the query; all else is in the form. */
export function wireMessage(message: Message, taskId: string): Required<CallFields> {
  const { channel, from, to, content, request } = message;
  const { payload } = request;
  return {
    query: {
      ...(content.kind === 'session' && { Content: JSON.stringify(wireContent(channel, content)) }),
      ...(payload !== undefined && { Payload: JSON.stringify(payload) }),
    },
    body: {
      ChannelType: channel,
      Type: wireType(content),
      From: from,
      To: to,
      ...wordFields(content),
      ...requestFields(request),
      TaskId: request.taskId ?? taskId,
    },
  };
}

/** What no reason in an answer may repeat. */
export function wordsOf({ to, content, request }: Message): readonly string[] {
  const said = content.kind === 'session' ? textsIn(content.content) : Object.values(content.params);
  const { payload, flowAction, smsFallback, trackingData } = request;
  return [to, ...said, ...textsIn([payload, flowAction, smsFallback?.content, trackingData])];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function wordFields(content: MessageContent): Readonly<Record<string, string>> {
  if (content.kind === 'sms') throw new RangeError('cams carries no text messages of templates of another service');
  if (content.kind === 'session') return { MessageType: content.type };
  return {
    TemplateCode: content.code,
    Language: content.language,
    ...(Object.keys(content.params).length > 0 && { TemplateParams: JSON.stringify(content.params) }),
  };
}

const noFields: Readonly<Record<string, string>> = {};

function requestFields(request: RequestFields): Readonly<Record<string, string>> {
  if (request === noRequestFields) return noFields;
  const { productAction, flowAction, contextMessageId, smsFallback, label, ttl, tag, trackingData } = request;
  const { recipientType, category } = request;
  const fields: Readonly<Record<string, string | undefined>> = {
    ProductAction: productAction && JSON.stringify(wireProducts(productAction)),
    FlowAction: flowAction && JSON.stringify(wireFlow(flowAction)),
    ContextMessageId: contextMessageId,
    ...(smsFallback && wireFallback(smsFallback)),
    Label: label,
    Ttl: ttl?.toString(),
    Tag: tag,
    TrackingData: trackingData,
    RecipientType: recipientType,
    Category: category,
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

export function wireProducts({ thumbnailProductRetailerId, sections }: ProductAction): object {
  return {
    ThumbnailProductRetailerId: thumbnailProductRetailerId,
    Sections: sections.map(({ title, productItems }) => ({
      Title: title,
      ProductItems: productItems.map(({ productRetailerId }) => ({ ProductRetailerId: productRetailerId })),
    })),
  };
}

export function wireFlow({ flowToken, flowActionData }: FlowAction): object {
  return {
    ...(flowToken !== null && { FlowToken: flowToken }),
    ...(flowActionData !== null && { FlowActionData: flowActionData }),
  };
}

/** The spelling with a capital B is the service's. */
export function wireFallback({
  id,
  content,
  durationSeconds,
  rule,
}: SmsFallback): Readonly<Record<string, string | undefined>> {
  return {
    FallBackId: id,
    FallBackContent: content ?? undefined,
    FallBackDuration: durationSeconds?.toString(),
    FallBackRule: rule ?? undefined,
  };
}
