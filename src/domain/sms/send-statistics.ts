/** Contract: how many text messages of an account came through, day by day. */

/** The kinds of templates, and `digital` messages, which are sent by other means than sendoff's and counted all the same. */
export const countedKinds = ['verification', 'notice', 'promotion', 'international', 'digital'] as const;

export type CountedKind = (typeof countedKinds)[number];

/** `yyyyMMdd`, China's days presumably: no page says so. */
export interface StatisticsQuery {
  readonly from: string;
  readonly until: string;
  /** To everywhere but mainland China; false: to mainland China. */
  readonly isGlobal: boolean;
  /** Null: under all of them. */
  readonly sign: string | null;
  readonly kind: CountedKind | null;
}

/** Messages of a day as they are billed. */
export interface DayCount {
  /** `yyyyMMdd`. */
  readonly day: string;
  readonly total: number;
  readonly delivered: number;
  readonly failed: number;
  /** Without a word of the carrier so far. */
  readonly waiting: number;
}

export interface SendStatistics {
  /**
   * The days on which something was sent, in the service's order. Safe to call again. Throws an `OperatorError` of kind
   * `access`, `blocked` or `unreachable` when the service refuses the caller or the request, or does not answer.
   */
  days(query: StatisticsQuery): AsyncIterable<DayCount>;
}
