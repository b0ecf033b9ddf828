/**
 * The emulator's own endpoints, for tests and for the curious: what was accepted, the counts, the templates, who has
 * written. They need no signature, since the server listens on the loopback address only; a change must come as JSON, which a web page
 * cannot send to another origin without being asked first.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { z } from 'zod';
import { type LogEntry, logLine } from './accepted-log.ts';
import { emulatorHeader } from './delivery.ts';
import { readBody } from './read-body.ts';
import { describeIssue, firstIssue } from './schema-issue.ts';
import type { SessionWindows } from './session-windows.ts';
import { type SmsAccountStore, signChangeSchema, smsTemplateChangeSchema } from './sms/sms-account-store.ts';
import type { EmulatorStats } from './statistics.ts';
import type { TemplateStore } from './template-store.ts';
import { templateChangeSchema } from './wire-template.ts';

export const controlPath = '/_emulator/';

export interface Controlled {
  readonly templates: TemplateStore;
  readonly windows: SessionWindows;
  readonly sms: SmsAccountStore;
  log(): readonly LogEntry[];
  stats(): EmulatorStats;
}

export async function control(request: IncomingMessage, response: ServerResponse, emulator: Controlled): Promise<void> {
  const change = { type: request.headers['content-type'], body: await readBody(request) };
  switch (`${request.method} ${request.url}`) {
    case 'GET /_emulator/stats':
      writeJson(response, 200, emulator.stats());
      break;
    case 'GET /_emulator/log':
      writeLog(response, emulator.log());
      break;
    case 'GET /_emulator/templates':
      writeJson(response, 200, emulator.templates.all());
      break;
    case 'POST /_emulator/templates':
      writeChange(response, changeTemplate(change, emulator.templates));
      break;
    case 'POST /_emulator/windows':
      writeChange(response, changeWindow(change, emulator.windows));
      break;
    case 'POST /_emulator/inbound':
      writeChange(response, hear(change, emulator.windows));
      break;
    case 'POST /_emulator/sms-signs':
      writeChange(response, changeSign(change, emulator.sms));
      break;
    case 'POST /_emulator/sms-templates':
      writeChange(response, changeSmsTemplate(change, emulator.sms));
      break;
    default:
      writeJson(response, 404, {
        error:
          'the emulator has GET log, stats and templates, and POST templates, windows, inbound, sms-signs and sms-templates, under /_emulator/',
      });
  }
}

interface Change {
  /** The content type. */
  readonly type: string | undefined;
  readonly body: Buffer;
}

type Changed<T> =
  | { readonly kind: 'changed'; readonly value: T }
  | { readonly kind: 'refused'; readonly reason: string };

function readChange<T extends z.ZodType>({ type, body }: Change, schema: T): Changed<z.output<T>> {
  if (type?.startsWith('application/json') !== true) {
    return { kind: 'refused', reason: 'send the change as application/json' };
  }
  const change = schema.safeParse(parseJson(body));
  return change.success
    ? { kind: 'changed', value: change.data }
    : { kind: 'refused', reason: describeIssue(firstIssue(change.error)) };
}

/** The body names TemplateCode and Language, and the fields to change; for a new variant, all of them. */
function changeTemplate(asked: Change, templates: TemplateStore): Changed<unknown> {
  const change = readChange(asked, templateChangeSchema);
  if (change.kind === 'refused') return change;
  const result = templates.change(change.value);
  return result.kind === 'refused' ? result : { kind: 'changed', value: result.template };
}

const address = z.string('must be an address as text').min(1, 'must not be empty');
const windowSchema = z.strictObject({ to: address, open: z.boolean('must be true or false') });
const inboundSchema = z.strictObject({ from: address });

/** Opens or closes the session window of one person. */
function changeWindow(asked: Change, windows: SessionWindows): Changed<unknown> {
  const change = readChange(asked, windowSchema);
  if (change.kind === 'changed') windows.set(change.value.to, change.value.open);
  return change;
}

/** A message from a person: what opens their window. */
function hear(asked: Change, windows: SessionWindows): Changed<unknown> {
  const change = readChange(asked, inboundSchema);
  if (change.kind === 'refused') return change;
  const { from } = change.value;
  return { kind: 'changed', value: { from, openUntil: new Date(windows.hear(from)).toISOString() } };
}

function changeSign(asked: Change, account: SmsAccountStore): Changed<unknown> {
  const change = readChange(asked, signChangeSchema);
  if (change.kind === 'refused') return change;
  const sign = account.changeSign(change.value);
  return sign === null ? notThere('sign', change.value.name) : { kind: 'changed', value: sign };
}

/** The body names the code, and the fields to change. */
function changeSmsTemplate(asked: Change, account: SmsAccountStore): Changed<unknown> {
  const change = readChange(asked, smsTemplateChangeSchema);
  if (change.kind === 'refused') return change;
  const template = account.changeTemplate(change.value);
  return template === null ? notThere('template', change.value.code) : { kind: 'changed', value: template };
}

function notThere(what: string, name: string): Changed<never> {
  return { kind: 'refused', reason: `there is no ${what} "${name}"` };
}

function writeChange(response: ServerResponse, result: Changed<unknown>): void {
  if (result.kind === 'changed') writeJson(response, 200, result.value);
  else writeJson(response, 400, { error: result.reason });
}

/** `undefined`, which no schema takes, where it is no JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function writeLog(response: ServerResponse, entries: readonly LogEntry[]): void {
  response.writeHead(200, { ...emulatorHeader, 'content-type': 'application/x-ndjson' });
  // The one thing that can go wrong is that the reader leaves early, and then nobody is there to be told.
  pipeline(Readable.from(logChunks(entries)), response, () => {});
}

function* logChunks(entries: readonly LogEntry[]): Generator<string> {
  const atOnce = 1000;
  for (let start = 0; start < entries.length; start += atOnce) {
    yield entries
      .slice(start, start + atOnce)
      .map(logLine)
      .join('');
  }
}

function writeJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...emulatorHeader, 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
