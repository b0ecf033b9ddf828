/** What is wrong with a campaign file or the flags beside it: every mistake at once, each with its place. */
import { OperatorError } from '../domain/operator-error.ts';

export type MistakePlace =
  /** Line and column count from 1. */
  | { readonly kind: 'file'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: 'flag'; readonly flag: string };

export interface CampaignMistake {
  readonly place: MistakePlace;
  /** Lower case, quotes what the operator wrote. */
  readonly message: string;
  readonly hint: string | null;
}

/** One mistake is one line with its hint; several are a heading and two lines each. */
export class CampaignFileError extends OperatorError {
  override readonly code = 'CAMPAIGN_FILE';
  override readonly kind = 'usage';
  /** In the order of the file, then the flags. Never empty. */
  readonly mistakes: readonly CampaignMistake[];

  constructor(mistakes: readonly CampaignMistake[]) {
    const { ordered, message, hint } = describeMistakes(mistakes, 'the campaign');
    super(message, { hint });
    this.mistakes = ordered;
  }
}

/** The campaign file cannot be read, or it cannot be told what the file is. */
export class CampaignUnreadableError extends OperatorError {
  override readonly code = 'CAMPAIGN_UNREADABLE';
  override readonly kind = 'usage';
}

export interface MistakesInWords {
  readonly ordered: readonly CampaignMistake[];
  readonly message: string;
  readonly hint: string | undefined;
}

/** What an error says of its mistakes, of which there is at least one; `within` is what they were found in. */
export function describeMistakes(mistakes: readonly CampaignMistake[], within: string): MistakesInWords {
  const ordered = mistakes.toSorted(byPlace);
  const [first, ...others] = ordered;
  if (first === undefined) throw new TypeError('an error about mistakes needs a mistake');
  if (others.length === 0) return { ordered, message: renderMistake(first), hint: first.hint ?? undefined };
  const lines = ordered.flatMap((mistake) => [
    `  ${renderMistake(mistake)}`,
    ...(mistake.hint === null ? [] : [`    ${mistake.hint}`]),
  ]);
  return { ordered, message: [`${ordered.length} mistakes in ${within}`, ...lines].join('\n'), hint: undefined };
}

function renderMistake({ place, message }: CampaignMistake): string {
  if (place.kind === 'flag') return `${place.flag}: ${message}`;
  return `${place.file}:${place.line}:${place.column}: ${message}`;
}

function byPlace({ place: a }: CampaignMistake, { place: b }: CampaignMistake): number {
  if (a.kind === 'file' && b.kind === 'file') return a.line - b.line || a.column - b.column;
  return Number(a.kind === 'flag') - Number(b.kind === 'flag');
}
