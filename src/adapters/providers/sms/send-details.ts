/** What the service tells of the messages to one number: QuerySendDetails, day by day and page by page. */
import { z } from 'zod';
import { chinaDay, dayMs, parseChinaTime } from '../../../domain/sms/china-time.ts';
import type { DetailsQuery, DetailsReading, SendDetail, SendDetails } from '../../../domain/sms/send-details.ts';
import { refusalError } from '../alibaba-cloud/refusal-error.ts';
import type { SmsLookUpOptions } from './look-ups.ts';
import { optionalText } from './wire-fields.ts';

/** The most that a page may have. Source: QuerySendDetails page. */
const pageSize = 50;

/** How far the clocks may be apart: a request whose date is further off is refused, so none further apart was accepted. */
const clockSkewMs = 15 * 60_000;

/**
 * The service tells of the last 30 days. Whole days are asked for, and a day more around each message: see `daysOf`. Source:
 * QuerySendDetails page, SendDate.
 */
const keepsMs = 28 * dayMs;

export function createSmsSendDetails({ lookUps, credentials }: SmsLookUpOptions): SendDetails {
  async function readPage({ to, bizId }: DetailsQuery, day: string, page: number): Promise<Page> {
    const answer = await lookUps.ask(
      'QuerySendDetails',
      {
        PhoneNumber: to,
        SendDate: day,
        PageSize: String(pageSize),
        CurrentPage: String(page),
        ...(bizId !== null && { BizId: bizId }),
      },
      [to],
    );
    if (answer.kind === 'rejected') throw refusalError('sms', answer);
    if (answer.kind !== 'ok') return { kind: 'broken', code: answer.code, reason: answer.reason };
    const parsed = pageSchema.safeParse(answer.body);
    if (parsed.success) {
      return {
        kind: 'page',
        details: (parsed.data.SmsSendDetailDTOs?.SmsSendDetailDTO ?? []).map(detailOf),
        total: parsed.data.TotalCount,
      };
    }
    return { kind: 'broken', code: 'UNREADABLE_DETAILS', reason: 'the details have an entry that sendoff cannot read' };
  }

  async function readDay(query: DetailsQuery, day: string): Promise<DetailsReading> {
    const details: SendDetail[] = [];
    for (let number = 1; ; number += 1) {
      const page = await readPage(query, day, number);
      if (page.kind === 'broken') return page;
      details.push(...page.details);
      const complete = page.total === null ? page.details.length < pageSize : details.length >= page.total;
      if (complete) return { kind: 'whole', details };
      // The total says that there are more, and an entry that is not seen might be the one that is looked for.
      if (page.details.length === 0) {
        return { kind: 'broken', code: 'PAGE_MISSING', reason: 'the details have fewer entries than they say' };
      }
    }
  }

  return {
    keepsMs,
    async read(query) {
      await credentials.getCredentials();
      const details: SendDetail[] = [];
      for (const day of daysOf(query)) {
        const reading = await readDay(query, day);
        if (reading.kind === 'broken') return reading;
        details.push(...reading.details);
      }
      return { kind: 'whole', details };
    },
  };
}

/**
 * The days that may hold a message, `yyyyMMdd`, the earliest first. They are China's, presumably; since no page says so, those
 * of UTC are asked for as well, and clocks may be apart.
 */
function daysOf({ from, until }: DetailsQuery): readonly string[] {
  const utcShiftMs = 8 * 60 * 60_000;
  const first = from - clockSkewMs;
  const last = until + clockSkewMs;
  const days = new Set<string>();
  for (const shift of [-utcShiftMs, 0]) {
    for (let at = first; at < last; at += dayMs) days.add(chinaDay(at + shift));
    days.add(chinaDay(last + shift));
  }
  return [...days].sort();
}

type Page =
  | { readonly kind: 'page'; readonly details: readonly SendDetail[]; readonly total: number | null }
  | Extract<DetailsReading, { readonly kind: 'broken' }>;

const detailSchema = z.looseObject({
  SendStatus: z.union([z.number(), z.string().transform(Number)]).nullish(),
  ErrCode: optionalText,
  Content: optionalText,
  TemplateCode: optionalText,
  OutId: optionalText,
  SendDate: optionalText,
  ReceiveDate: optionalText,
});

/** TotalCount is a text on the wire. */
const pageSchema = z.looseObject({
  TotalCount: z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
    .nullish()
    .transform((total) => total ?? null),
  SmsSendDetailDTOs: z.looseObject({ SmsSendDetailDTO: z.array(detailSchema).nullish() }).nullish(),
});

/** Source: QuerySendDetails page, SendStatus. */
const statuses: ReadonlyMap<number, SendDetail['status']> = new Map([
  [1, 'waiting'],
  [2, 'failed'],
  [3, 'delivered'],
]);

function detailOf(wire: z.output<typeof detailSchema>): SendDetail {
  return {
    status: statuses.get(wire.SendStatus ?? Number.NaN) ?? 'unknown',
    carrierCode: wire.ErrCode,
    text: wire.Content,
    templateCode: wire.TemplateCode,
    outId: wire.OutId,
    sentAt: timeOf(wire.SendDate),
    receivedAt: timeOf(wire.ReceiveDate),
  };
}

function timeOf(written: string | null): number | null {
  const at = parseChinaTime(written ?? '');
  return Number.isNaN(at) ? null : at;
}
