/**
 * Gives the log's entries for one number to the unknown rows of that number. An entry goes to one row at most, and only
 * where no other reading of the log would leave the row without one; what could be read in two ways is given to nobody, and
 * no row that an entry might belong to counts as missing.
 */
import type { UnknownRow } from '../domain/checkpoint.ts';
import { languageOf, type MessageContent } from '../domain/message.ts';
import type { LogEntry } from '../domain/message-log.ts';
import { connectedGroups, pairAll } from './reconcile-pairing.ts';
import type { Likeness } from './reconcile-text.ts';

/** What the log, as it was read, proves of a row. */
export type Verdict =
  /** It went out, as this entry. */
  | { readonly kind: 'found'; readonly entry: LogEntry }
  /** It may be one of several entries, or several rows may be one entry. */
  | { readonly kind: 'ambiguous' }
  /** There is an entry that cannot be told to be it, nor to be another. */
  | { readonly kind: 'unclear' }
  /** No entry could be it. */
  | { readonly kind: 'absent' };

export interface Suspect extends UnknownRow {
  readonly likeness: (text: string | null) => Likeness;
}

/**
 * How far the clocks of this machine and of the service may be apart. Source: a request whose date is further than 15
 * minutes from the service's clock is refused, so none further apart was ever accepted.
 */
export const clockSkewMs = 15 * 60_000;

/**
 * Without words to go by, only an entry near the attempt's start is taken for it. The end of an attempt that died with its
 * process is told by the next command, which may be days later.
 */
const nearMs = 60 * 60_000;

/** What the request that an entry names says of a row. */
export type Naming = (suspect: Suspect, entry: LogEntry) => Named;

export type Named =
  /** The entry is this row's and no other's. */
  | 'own'
  /** It went with a request of the run that the row was not in. */
  | 'other'
  /** It may well be of another request: only the same words speak for the row. */
  | 'doubtful'
  /** Nothing. */
  | 'untold';

/** What the log proves of the unknown rows of one number. `entries` are those that no row of the run has already. */
export function matchNumber(
  suspects: readonly Suspect[],
  entries: readonly LogEntry[],
  named: Naming = () => 'untold',
): readonly (readonly [Suspect, Verdict])[] {
  const evidence = evidenceBy(named);
  const isTold: Fits = (suspect, entry) => evidence(suspect, entry) === 'told';
  const isLikely: Fits = (suspect, entry) => ['told', 'likely'].includes(evidence(suspect, entry));
  const judgeWithout = (suspect: Suspect, left: readonly LogEntry[]): Verdict => {
    if (left.some((entry) => isLikely(suspect, entry))) return { kind: 'ambiguous' };
    return { kind: left.some((entry) => evidence(suspect, entry) !== 'none') ? 'unclear' : 'absent' };
  };
  const inOrder = entries.toSorted((one, other) => (one.sentAt ?? 0) - (other.sentAt ?? 0));
  const told = pairUp(suspects, inOrder, isTold, { surplus: true });
  const openSuspects = suspects.filter((suspect) => !told.has(suspect));
  const used = new Set(told.values());
  const openEntries = inOrder.filter((entry) => !used.has(entry));
  const likely = pairUp(openSuspects, openEntries, isLikely, { surplus: false });
  return suspects.map((suspect) => {
    const entry = told.get(suspect) ?? likely.get(suspect);
    return [suspect, entry === undefined ? judgeWithout(suspect, openEntries) : { kind: 'found', entry }];
  });
}

type Fits = (suspect: Suspect, entry: LogEntry) => boolean;

/** How well an entry fits a row. */
type Evidence =
  /** The same words at the right time, or its request. */
  | 'told'
  /** No words, and nothing against it. */
  | 'likely'
  /** Something is against it that proves nothing. */
  | 'possible'
  | 'none';

function evidenceBy(named: Naming) {
  return (suspect: Suspect, entry: LogEntry): Evidence => {
    if (!isOfContent(entry, suspect.message.content)) return 'none';
    const words = () => evidenceOfWords(suspect, entry);
    switch (named(suspect, entry)) {
      case 'own':
        return 'told';
      case 'other':
        return 'none';
      case 'doubtful':
        return words() === 'likely' ? 'possible' : words();
      case 'untold':
        return words();
    }
  };
}

function evidenceOfWords({ message, startedAt, endedAt, likeness }: Suspect, entry: LogEntry): Evidence {
  const { content } = message;
  const sentAt = entry.sentAt ?? startedAt;
  if (sentAt < startedAt - clockSkewMs || sentAt > endedAt + clockSkewMs) return 'none';
  const words = likeness(entry.text);
  // A language may be written in more than one way, so a different one proves nothing.
  if (words === 'other' || !sameLanguage(entry.language, languageOf(content))) return 'possible';
  if (words === 'same') return 'told';
  return sentAt <= startedAt + nearMs ? 'likely' : 'possible';
}

/** An entry that names a template is no session message, and one that names another template is none of ours. */
function isOfContent({ templateCode }: LogEntry, content: MessageContent): boolean {
  return templateCode === null || (content.kind !== 'session' && templateCode === content.code);
}

function sameLanguage(logged: string | null, ours: string): boolean {
  const plain = (language: string): string => language.toLowerCase().replaceAll('-', '_');
  return logged === null || ours === '' || plain(logged) === plain(ours);
}

/**
 * Pairs rows with entries within every group that hangs together by `fits`, where each row of the group gets an entry of its own.
 * With fewer entries than rows nobody can say which rows went out, so none of the group is paired. More entries than
 * rows (`surplus`) mean that some came from elsewhere: that does not matter where the words are the same, since the recipient has
 * them, and forbids any pairing where they are not known.
 */
function pairUp(
  suspects: readonly Suspect[],
  entries: readonly LogEntry[],
  fits: Fits,
  { surplus }: { readonly surplus: boolean },
): ReadonlyMap<Suspect, LogEntry> {
  const pairs = new Map<Suspect, LogEntry>();
  for (const group of connectedGroups(suspects, entries, fits)) {
    if (!surplus && group.right.length > group.left.length) continue;
    for (const [suspect, entry] of pairAll(group, fits) ?? []) pairs.set(suspect, entry);
  }
  return pairs;
}
