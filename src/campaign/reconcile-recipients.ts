/**
 * The unknown rows of a run, together by number: those of one number may be one another's messages, so they are judged
 * together. Templates and messages of one's own are asked for apart: the log is asked for a template by its code, which
 * would hide the others.
 */
import type { Checkpoint, UnknownRow } from '../domain/checkpoint.ts';
import { type Channel, languageOf } from '../domain/message.ts';
import type { LogQuery } from '../domain/message-log.ts';
import type { Template } from '../domain/template.ts';
import { clockSkewMs, type Suspect } from './reconcile-match.ts';
import { textComparer } from './reconcile-text.ts';

export interface Recipient {
  readonly suspects: readonly Suspect[];
  /** What to ask the log. */
  readonly query: LogQuery;
  /** From this moment on the log's silence means something. Milliseconds since 1970. */
  readonly settledAt: number;
}

export interface RecipientsOptions {
  readonly checkpoint: Pick<Checkpoint, 'unknownRows'>;
  /** By which the rows went; rows that went by another are not among them. */
  readonly channel: Channel;
  /** As the plan froze it, or null where it cannot be read. */
  readonly templateIn: (language: string) => Template | null;
  /** How long after the end of an attempt the log may still come to show it. */
  readonly settleMs: number;
}

const pageRows = 500;

/** In list order of the first row of each. All of them are held: unknown rows are few, or a run stops for them. */
export async function readRecipients(options: RecipientsOptions): Promise<Recipient[]> {
  const { checkpoint, channel, templateIn, settleMs } = options;
  /** By number and kind of content. */
  const byNumber = new Map<string, Suspect[]>();
  let page: Awaited<ReturnType<typeof checkpoint.unknownRows>>;
  let afterRow = 0;
  do {
    page = await checkpoint.unknownRows(afterRow, pageRows, channel);
    for (const unknown of page) {
      const { message } = unknown;
      const suspect = suspectOf(unknown, templateIn);
      const recipient = `${message.to} ${message.content.kind}`;
      const known = byNumber.get(recipient);
      if (known === undefined) byNumber.set(recipient, [suspect]);
      else known.push(suspect);
      afterRow = message.row;
    }
  } while (page.length === pageRows);
  return [...byNumber.values()].flatMap((suspects) => recipientOf(suspects, settleMs));
}

/** A row with the words by which its entry is told. */
export function suspectOf(row: UnknownRow, templateIn: RecipientsOptions['templateIn']): Suspect {
  const { message } = row;
  return { ...row, likeness: textComparer(message, templateIn(languageOf(message.content))) };
}

function recipientOf(suspects: readonly Suspect[], settleMs: number): Recipient[] {
  const [first] = suspects;
  if (first === undefined) return [];
  const from = suspects.reduce((earliest, { startedAt }) => Math.min(earliest, startedAt), first.startedAt);
  const until = suspects.reduce((latest, { endedAt }) => Math.max(latest, endedAt), first.endedAt);
  return [
    {
      suspects,
      query: { like: first.message, from: from - clockSkewMs, until: until + clockSkewMs },
      settledAt: until + settleMs,
    },
  ];
}
