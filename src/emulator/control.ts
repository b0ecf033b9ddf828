/**
 * The emulator's own endpoints, for tests and for the curious: what was accepted, the counts, the templates. They need
 * no signature, since the server listens on the loopback address only; a change must come as JSON, which a web page
 * cannot send to another origin without being asked first.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { logLine } from './accepted-log.ts';
import { emulatorHeader } from './delivery.ts';
import type { AcceptedMessage } from './message-draft.ts';
import { readBody } from './read-body.ts';
import { describeIssue, firstIssue } from './schema-issue.ts';
import type { EmulatorStats } from './statistics.ts';
import type { ChangeResult, TemplateStore } from './template-store.ts';
import { templateChangeSchema } from './wire-template.ts';

export const controlPath = '/_emulator/';

export interface Controlled {
  readonly templates: TemplateStore;
  accepted(): readonly AcceptedMessage[];
  stats(): EmulatorStats;
}

export async function control(request: IncomingMessage, response: ServerResponse, emulator: Controlled): Promise<void> {
  const body = await readBody(request);
  switch (`${request.method} ${request.url}`) {
    case 'GET /_emulator/stats':
      writeJson(response, 200, emulator.stats());
      break;
    case 'GET /_emulator/log':
      writeLog(response, emulator.accepted());
      break;
    case 'GET /_emulator/templates':
      writeJson(response, 200, emulator.templates.all());
      break;
    case 'POST /_emulator/templates':
      writeChange(response, changeTemplate(request.headers['content-type'], body, emulator.templates));
      break;
    default:
      writeJson(response, 404, {
        error: 'the emulator has GET log, stats and templates, and POST templates, under /_emulator/',
      });
  }
}

/** The body names TemplateCode and Language, and the fields to change; for a new variant, all of them. */
function changeTemplate(contentType: string | undefined, body: Buffer, templates: TemplateStore): ChangeResult {
  if (contentType?.startsWith('application/json') !== true) {
    return { kind: 'refused', reason: 'send the change as application/json' };
  }
  const change = templateChangeSchema.safeParse(parseJson(body));
  return change.success
    ? templates.change(change.data)
    : { kind: 'refused', reason: describeIssue(firstIssue(change.error)) };
}

function writeChange(response: ServerResponse, result: ChangeResult): void {
  if (result.kind === 'changed') writeJson(response, 200, result.template);
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

function writeLog(response: ServerResponse, messages: readonly AcceptedMessage[]): void {
  response.writeHead(200, { ...emulatorHeader, 'content-type': 'application/x-ndjson' });
  // The one thing that can go wrong is that the reader leaves early, and then nobody is there to be told.
  pipeline(Readable.from(logChunks(messages)), response, () => {});
}

function* logChunks(messages: readonly AcceptedMessage[]): Generator<string> {
  const atOnce = 1000;
  for (let start = 0; start < messages.length; start += atOnce) {
    yield messages
      .slice(start, start + atOnce)
      .map(logLine)
      .join('');
  }
}

function writeJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...emulatorHeader, 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
