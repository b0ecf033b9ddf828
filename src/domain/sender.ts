/** Senders as the service tells them: whether they may send, how WhatsApp rates them, how many people they may reach a day. */

/** How many different people may be written to in any 24 hours. */
export type MessagingTier = { readonly kind: 'people'; readonly people: number } | { readonly kind: 'unlimited' };

export interface Sender {
  /** Digits only, with the country code. */
  readonly number: string;
  /** The service's word, such as CONNECTED; null when it did not say. */
  readonly status: string | null;
  /** GREEN, YELLOW, RED, UNKNOWN, or null. */
  readonly quality: string | null;
  /** The service's word, such as TIER_10K, or null. */
  readonly tierWord: string | null;
  /** What the word means, or null where it cannot be told for certain. */
  readonly tier: MessagingTier | null;
}

/** The service did not tell. `missingRight` is the action that the caller lacks, where that is the reason. */
export interface SendersUntold {
  readonly kind: 'untold';
  readonly code: string;
  readonly reason: string;
  readonly missingRight: string | null;
}

export type SenderList = { readonly kind: 'told'; readonly senders: readonly Sender[] } | SendersUntold;

export type SenderLookup =
  | { readonly kind: 'found'; readonly sender: Sender }
  /** The account has senders, and this is none of them. */
  | { readonly kind: 'missing'; readonly known: readonly string[] }
  | SendersUntold;

/** Contract: the senders of an account, or of a space in it. */
export interface SenderSource {
  /**
   * All of them. Safe to call again. Throws an `OperatorError` of kind `access` where the service refuses the credentials
   * themselves; everything else that keeps it from telling is an answer.
   */
  list(): Promise<SenderList>;
}

/** By its digits. */
export function findSender(list: SenderList, number: string): SenderLookup {
  if (list.kind === 'untold') return list;
  const sender = list.senders.find((each) => each.number === number);
  if (sender !== undefined) return { kind: 'found', sender };
  return { kind: 'missing', known: list.senders.map((each) => each.number) };
}

/**
 * Meta's own words only. The page of QueryChatappPhoneNumbers also has TIER_10, TIER_50 and TIER_1000, and means 1,000,
 * 10,000 and 100,000 by them, while TIER_50 is 50 to Meta: nothing is concluded from a word that may mean either.
 * Source: Meta, "Messaging limits" and the webhook `phone_number_quality_update`.
 */
export function parseTier(word: string): MessagingTier | null {
  if (/^(TIER_)?UNLIMITED$/.test(word)) return { kind: 'unlimited' };
  const people = tiers.get(word);
  return people === undefined ? null : { kind: 'people', people };
}

const tiers: ReadonlyMap<string, number> = new Map([
  ['TIER_250', 250],
  ['TIER_1K', 1_000],
  ['TIER_2K', 2_000],
  ['TIER_10K', 10_000],
  ['TIER_100K', 100_000],
]);
