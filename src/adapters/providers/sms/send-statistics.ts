/** Counts of text messages by day: QuerySendStatistics, page by page. */
import { z } from 'zod';
import type { CountedKind, DayCount, SendStatistics, StatisticsQuery } from '../../../domain/sms/send-statistics.ts';
import type { SmsLookUpOptions } from './look-ups.ts';
import { count, type Page, pageSize, readAnswer, readPages } from './read-answer.ts';

export function createSmsSendStatistics({ lookUps, credentials }: SmsLookUpOptions): SendStatistics {
  async function readPage(query: StatisticsQuery, number: number): Promise<Page<DayCount>> {
    const answer = await lookUps.ask('QuerySendStatistics', {
      ...fieldsOf(query),
      PageIndex: String(number),
      PageSize: String(pageSize),
    });
    const { Data } = readAnswer(answer, pageSchema, 'the statistics');
    return { total: Data?.TotalSize ?? null, entries: (Data?.TargetList ?? []).map(dayCount) };
  }

  return {
    async *days(query) {
      await credentials.getCredentials();
      yield* readPages((number) => readPage(query, number));
    },
  };
}

/** Source: QuerySendStatistics page, TemplateType. */
const kindNumbers: Readonly<Record<CountedKind, string>> = {
  verification: '0',
  notice: '1',
  promotion: '2',
  international: '3',
  digital: '7',
};

function fieldsOf({ from, until, isGlobal, sign, kind }: StatisticsQuery): Readonly<Record<string, string>> {
  return {
    IsGlobe: isGlobal ? '2' : '1',
    StartDate: from,
    EndDate: until,
    ...(sign !== null && { SignName: sign }),
    ...(kind !== null && { TemplateType: kindNumbers[kind] }),
  };
}

const daySchema = z.looseObject({
  SendDate: z.string(),
  TotalCount: count,
  RespondedSuccessCount: count,
  RespondedFailCount: count,
  NoRespondedCount: count,
});

const pageSchema = z.looseObject({
  Data: z.looseObject({ TotalSize: count.nullish(), TargetList: z.array(daySchema).nullish() }).nullish(),
});

function dayCount(wire: z.output<typeof daySchema>): DayCount {
  return {
    day: wire.SendDate,
    total: wire.TotalCount,
    delivered: wire.RespondedSuccessCount,
    failed: wire.RespondedFailCount,
    waiting: wire.NoRespondedCount,
  };
}
