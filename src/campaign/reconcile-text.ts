/**
 * Whether what a message log says of a message's words are the words of one of ours. What the log keeps of a template
 * message is not documented: the text as it was read, the params as JSON, or nothing that helps must all be understood,
 * and what is not understood must not pass for any of them.
 */
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Channel, Message, SessionContent, SmsContent, TemplateContent } from '../domain/message.ts';
import { renderMessage } from '../domain/render-message.ts';
import type { RenderedMessage } from '../domain/rendered-message.ts';
import { sessionPreview } from '../domain/session/session-text.ts';
import { wireContent } from '../domain/session/wire-content.ts';
import { destinationOf } from '../domain/sms/destination.ts';
import { renderSms, renderSmsText } from '../domain/sms/sms-text.ts';
import type { Template } from '../domain/template.ts';

export type Likeness =
  /** These are its words. */
  | 'same'
  /** It says nothing about the words: any message of the template could be meant. */
  | 'silent'
  /** Words that cannot be told to be its own. */
  | 'other';

/** Answers, for one message of ours, for every text of the log. `template` null: its words are not known, its params are. */
export function textComparer(
  { channel, to, content }: Message,
  template: Template | null,
): (text: string | null) => Likeness {
  switch (content.kind) {
    case 'template':
      return templateComparer(content, template);
    case 'session':
      return sessionComparer(channel, content);
    case 'sms':
      return smsComparer(content, to, template);
  }
}

/** The log has the text as it was read, with its sign or without. */
function smsComparer(message: SmsContent, to: string, template: Template | null): (text: string | null) => Likeness {
  const body = template?.body ?? null;
  const filled =
    body === null
      ? []
      : [renderSms(body, message, destinationOf(to)), renderSmsText(body, message.params)].map(plainWords);
  return (text) => {
    const words = plainWords(text ?? '');
    if (words === '' || body === null) return 'silent';
    return filled.includes(words) ? 'same' : 'other';
  };
}

/** The log may have the content as it was sent, or only what its reader sees. */
function sessionComparer(channel: Channel, message: SessionContent): (text: string | null) => Likeness {
  const filled = wordings(sessionPreview(channel, message.type, message.content));
  const sent = canonicalJson(wireContent(channel, message));
  return (text) => {
    const json = text === null ? null : parseComposite(text);
    if (json !== null) return canonicalJson(json) === sent ? 'same' : 'other';
    const words = plainWords(text ?? '');
    if (filled.has(words)) return 'same';
    return words === '' ? 'silent' : 'other';
  };
}

function templateComparer(content: TemplateContent, template: Template | null): (text: string | null) => Likeness {
  const filled = template === null ? new Set<string>() : wordings(renderMessage(template, content.params));
  const unfilled = template === null ? new Set<string>() : wordings(renderMessage(template, {}));
  const names = new Set([content.code, template?.name ?? content.code]);

  function likenessOfWords(words: string): Likeness {
    if (filled.has(words)) return 'same';
    return words === '' || names.has(words) || unfilled.has(words) ? 'silent' : 'other';
  }

  return (text) => {
    const json = text === null ? null : parseComposite(text);
    if (json === null) return likenessOfWords(plainWords(text ?? ''));
    const params = findParams(json, Object.keys(content.params));
    if (params !== null) return sameParams(params, content.params) ? 'same' : 'other';
    const texts = textsIn(json).map(plainWords);
    if (texts.some((words) => likenessOfWords(words) === 'same')) return 'same';
    return texts.some((words) => !isCode(words) && likenessOfWords(words) === 'other') ? 'other' : 'silent';
  };
}

/** Codes, languages, ids and links stand among the texts of an object, and say nothing of its words. */
function isCode(text: string): boolean {
  return /^[\w./:@-]*$/.test(text);
}

/** The ways in which a log may put the parts of a message together; blanks and line breaks do not count. */
function wordings({ header, body, footer }: RenderedMessage): ReadonlySet<string> {
  const top = header?.kind === 'text' ? header.text : '';
  const below = footer ?? '';
  const main = body ?? '';
  const together = [[main], [top, main], [main, below], [top, main, below]].map((parts) => plainWords(parts.join(' ')));
  return new Set(together.filter((words) => words !== ''));
}

function plainWords(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** An object or an array; null for anything else, which is words. */
function parseComposite(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** The object, at whatever depth, that has a value for every variable; null where there is none, or no variable. */
function findParams(value: object, variables: readonly string[]): Readonly<Record<string, unknown>> | null {
  if (variables.length === 0) return null;
  if (!Array.isArray(value) && variables.every((name) => Object.hasOwn(value, name))) {
    return value as Readonly<Record<string, unknown>>; // an object that is no array has names
  }
  for (const inner of Object.values(value)) {
    const found = typeof inner === 'object' && inner !== null ? findParams(inner, variables) : null;
    if (found !== null) return found;
  }
  return null;
}

function sameParams(found: Readonly<Record<string, unknown>>, ours: Readonly<Record<string, string>>): boolean {
  return Object.entries(ours).every(([name, value]) => isSameParam(found[name], value));
}

function isSameParam(found: unknown, ours: string): boolean {
  if (typeof found !== 'string' && typeof found !== 'number') return false;
  return plainWords(`${found}`) === plainWords(ours);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
