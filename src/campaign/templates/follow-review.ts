/** Follows the review of templates until it has an answer for each of them. */
import type { Clock } from '../../domain/clock.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { TemplateSource } from '../../domain/template-source.ts';

export interface ReviewedVariant {
  readonly code: string;
  readonly language: string;
}

/** `other` is neither yes nor no and will not change by waiting, such as `paused`. */
export type ReviewVerdict =
  | (ReviewedVariant & { readonly kind: 'approved' })
  | (ReviewedVariant & { readonly kind: 'refused'; readonly reason: string | null })
  | (ReviewedVariant & { readonly kind: 'other'; readonly statusWord: string })
  /** It was not awaited any longer. */
  | (ReviewedVariant & { readonly kind: 'pending' });

export interface ReviewOptions {
  readonly variants: readonly ReviewedVariant[];
  readonly templates: TemplateSource;
  readonly clock: Clock;
  readonly longestMs: number;
  /** Ends the waiting; what has no answer by then stays pending. */
  readonly signal: AbortSignal;
  /** Told each answer as it comes. */
  onVerdict(verdict: ReviewVerdict): void;
}

/** A review takes seconds or a day: often at first, then ever more rarely. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
const growth = 1.5;

/** In the order of the variants. Trouble on the way there is no answer, so it is asked again. */
export async function followReview(options: ReviewOptions): Promise<readonly ReviewVerdict[]> {
  const { variants, clock, longestMs, signal, onVerdict } = options;
  const verdicts = new Map<ReviewedVariant, ReviewVerdict>();
  const endsAt = clock.monotonic() + longestMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * growth, longestWaitMs)) {
    const left = endsAt - clock.monotonic();
    if (left <= 0 || signal.aborted) break;
    await pause(clock, Math.min(waitMs, left), signal);
    for (const variant of variants.filter((each) => !verdicts.has(each))) {
      if (signal.aborted) break;
      const verdict = await askOnce(options.templates, variant);
      if (verdict === null) continue;
      verdicts.set(variant, verdict);
      onVerdict(verdict);
    }
    if (verdicts.size === variants.length) break;
  }
  return variants.map((variant) => verdicts.get(variant) ?? { ...variant, kind: 'pending' });
}

/** Null while there is no answer. A template that was written a moment ago may not be found yet. */
async function askOnce(templates: TemplateSource, { code, language }: ReviewedVariant): Promise<ReviewVerdict | null> {
  const lookup = await templates.find(code, language).catch((error: unknown) => {
    if (error instanceof OperatorError && error.kind === 'unreachable') return null;
    throw error;
  });
  if (lookup === null || lookup.kind === 'missing') return null;
  const { status, reason, statusWord } = lookup.template;
  switch (status) {
    case 'pending':
      return null;
    case 'approved':
      return { code, language, kind: 'approved' };
    case 'rejected':
      return { code, language, kind: 'refused', reason };
    case 'cancelled':
    case 'paused':
    case 'disabled':
    case 'unknown':
      return { code, language, kind: 'other', statusWord };
  }
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(ms, () => {
      signal.removeEventListener('abort', leave);
      resolve();
    });
    function leave(): void {
      cancel();
      resolve();
    }
    signal.addEventListener('abort', leave, { once: true });
  });
}
