/** Reads answers to look-ups that a person waits for: whatever brought nothing is an error that says what to do. */
import { z } from 'zod';
import type { Answer } from '../alibaba-cloud/answer.ts';
import { ServiceRefusedError, ServiceUnreachableError } from '../alibaba-cloud/errors.ts';
import { refusalError } from '../alibaba-cloud/refusal-error.ts';

/** The most that a page may have. Source: the API page of each list. */
export const pageSize = 50;

/** Numbers are texts in some answers. */
export const count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/** `about` is what was asked about, such as `the signs`. */
export function readAnswer<Schema extends z.ZodType>(answer: Answer, schema: Schema, about: string): z.output<Schema> {
  if (answer.kind === 'rejected') throw refusalError('sms', answer);
  if (answer.kind !== 'ok') {
    throw new ServiceUnreachableError(`no answer about ${about}: ${answer.code}: ${answer.reason}`, {
      hint: 'check the connection and try again; nothing was changed',
    });
  }
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new ServiceRefusedError(`the service told of ${about} in a way sendoff cannot read`, {
    hint: `unexpected value at ${parsed.error.issues[0]?.path.join('.') || 'the top'}; a newer version of sendoff may help`,
  });
}

export interface Page<Entry> {
  /** Of all pages; null where the service does not tell. */
  readonly total: number | null;
  readonly entries: readonly Entry[];
}

/** Asks for pages of `pageSize` from 1 on, until the total is there, or a page is empty: entries may go away in between. */
export async function* readPages<Entry>(readPage: (page: number) => Promise<Page<Entry>>): AsyncGenerator<Entry> {
  for (let number = 1, seen = 0; ; number += 1) {
    const { total, entries } = await readPage(number);
    seen += entries.length;
    yield* entries;
    if (entries.length === 0 || (total === null ? entries.length < pageSize : seen >= total)) return;
  }
}
