/**
 * ListChatappMessage: what was accepted, newest first, a page at a time and without a total. Source: the operation's request and
 * response tables. What the service writes into Message for a template is not documented; the emulator gives the filled body.
 */
import { z } from 'zod';
import type { AcceptedLog } from './accepted-log.ts';
import { type Answer, okAnswer, refusalAnswer } from './answer.ts';
import { chinaTime } from './china-time.ts';
import type { AcceptedMessage } from './message-draft.ts';
import type { Parameters } from './parameters.ts';
import { messageFor, type Refusal, refuse } from './refusals.ts';
import { fillText, type TemplateStore } from './template-store.ts';

export interface MessageLog {
  readonly accepted: AcceptedLog;
  /** Messages accepted later than this do not appear yet; milliseconds since 1970. */
  readonly shownUntil: number;
  readonly templates: TemplateStore;
}

const pageSchema = z.object({ Index: z.int().min(1), Size: z.int().min(1).max(100) });

export function listMessages(parameters: Parameters, log: MessageLog): Answer {
  const refusal = checkMandatory(parameters);
  if (refusal !== null) return refusalAnswer(refusal);
  const page = pageSchema.safeParse(parameters.json('Page'));
  if (!page.success) return refusalAnswer(refuse('InvalidParameter.PageInvalid'));
  const window = readWindow(parameters);
  if (window === null) return refusalAnswer(refuse('InvalidParameter', 'StartTime and EndTime are milliseconds.'));

  const { Index, Size } = page.data;
  const group = parameters.text('GroupMessageId');
  const messages = group === '' ? log.accepted.messages : log.accepted.ofGroup(group);
  const found = messages
    .filter(({ acceptedAt }) => acceptedAt <= log.shownUntil && acceptedAt >= window.start && acceptedAt <= window.end)
    .filter((message) => passesFilters(message, parameters))
    .reverse();
  const shown = found.slice((Index - 1) * Size, Index * Size);
  return okAnswer({ Success: true, Data: shown.map((message) => logRow(message, log.templates)) });
}

function checkMandatory(parameters: Parameters): Refusal | null {
  const channelType = parameters.text('ChannelType');
  if (parameters.text('BusinessNumber') === '') return refuse('MissingBusinessNumber');
  if (channelType === '') return refuse('MissingChannelType');
  if (channelType !== 'whatsapp' && channelType !== 'viber') {
    return refuse('InvalidParameter.ChannelTypeNotSupport', 'The log is of whatsapp and viber.');
  }
  if (parameters.text('CustSpaceId') === '') return refuse('MissingCustSpaceId');
  return parameters.text('Page') === '' ? refuse('MissingPage') : null;
}

/** Both ends belong to it; an absent one is open. Null where one is no number. */
function readWindow(parameters: Parameters): { readonly start: number; readonly end: number } | null {
  const start = Number(parameters.text('StartTime') || Number.NEGATIVE_INFINITY);
  const end = Number(parameters.text('EndTime') || Number.POSITIVE_INFINITY);
  return Number.isNaN(start) || Number.isNaN(end) ? null : { start, end };
}

/** An empty filter lets everything pass. Everything here was sent by the business, and by calls of the API. */
function passesFilters(message: AcceptedMessage, parameters: Parameters): boolean {
  const values: readonly (readonly [name: string, value: string])[] = [
    ['ChannelType', message.channel],
    ['BusinessNumber', message.from],
    ['UserNumber', message.to],
    ['TemplateCode', message.templateCode ?? ''],
    ['EventAction', 'DOWN'],
    ['MessageStatus', statusOf(message)],
  ];
  return values.every(([name, value]) => parameters.text(name) === '' || parameters.text(name) === value);
}

function logRow(message: AcceptedMessage, templates: TemplateStore): Readonly<Record<string, unknown>> {
  const { channel, messageId, from, to, type, messageType, templateCode, language, acceptedAt } = message;
  const template = findTemplate(message, templates);
  const sendTime = chinaTime(acceptedAt);
  return {
    BusinessNumber: from,
    UserNumber: to,
    ChannelType: channel,
    ClientAcceptStatusName: 'accepted',
    ClientReadStatus: 'unread',
    ClientReadStatusName: 'unread',
    ConversationId: `conversation-${to}`,
    EventAction: 'DOWN',
    EventActionName: 'sent',
    FailBackContent: '',
    FailBackFlag: 'N',
    FailReason: message.failure === null ? '' : `${message.failure}:${messageFor(message.failure)}`,
    LanguageCode: language ?? '',
    Message: contentText(message) ?? fillText(template?.body ?? '', message.params),
    MessageId: messageId,
    MessageSource: 'api',
    MessageStatus: statusOf(message),
    MessageStatusName: statusOf(message),
    MessageType: messageType ?? type,
    MessageTypeName: messageType ?? type,
    Month: sendTime.slice(0, 7).replace('-', ''),
    SendTime: sendTime,
    TemplateCode: templateCode ?? '',
    TemplateName: template?.name ?? '',
    Type: type,
    UniqueMessageId: `unique-${messageId}`,
  };
}

/** The service's page names the word for success and no other. */
function statusOf({ failure }: AcceptedMessage): string {
  return failure === null ? 'success' : 'failed';
}

/** The words of a text message, and of every other its content as it came: as the receipts of people's own messages have it. */
function contentText({ messageType, content }: AcceptedMessage): string | null {
  if (content === null || messageType !== 'text') return content;
  // It was read as an object with a text before it was accepted.
  return (JSON.parse(content) as { readonly text: string }).text;
}

function findTemplate({ templateCode, language }: AcceptedMessage, templates: TemplateStore) {
  if (templateCode === null || language === null) return null;
  const wire = templates.find({ code: templateCode, name: '' }, language)?.wire;
  if (wire === undefined) return null;
  return { name: wire.Name, body: wire.Components.find(({ Type }) => Type === 'BODY')?.Text ?? '' };
}
