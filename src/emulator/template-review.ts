/** The review of authored templates: it takes its time, and then passes or refuses. */
import type { EmulatorClock } from './emulator-clock.ts';
import type { TemplateStore } from './template-store.ts';
import type { WireTemplate } from './wire-template.ts';

/** A draft with this in its name is refused, so that a caller can see what that looks like. */
const refusedName = 'reject';
const refusalReason = 'INVALID_FORMAT';

interface Review {
  readonly template: Pick<WireTemplate, 'TemplateCode' | 'Language' | 'Name'>;
  readonly endsMs: number;
}

export class ReviewBoard {
  readonly #reviewMs: number;
  readonly #clock: EmulatorClock;
  #reviews: readonly Review[] = [];

  constructor(reviewMs: number, clock: EmulatorClock) {
    this.#reviewMs = reviewMs;
    this.#clock = clock;
  }

  /** Begins a review; one of the same variant that is under way is dropped. */
  begin(template: Review['template']): void {
    const others = this.#reviews.filter((review) => !isSame(review.template, template));
    this.#reviews = [...others, { template, endsMs: this.#clock.monotonic() + this.#reviewMs }];
  }

  /** Writes down what has been decided since the last time. To be called before anybody reads the templates. */
  decide(templates: TemplateStore): void {
    const nowMs = this.#clock.monotonic();
    const ended = this.#reviews.filter(({ endsMs }) => endsMs <= nowMs);
    if (ended.length === 0) return;
    this.#reviews = this.#reviews.filter(({ endsMs }) => endsMs > nowMs);
    for (const { template } of ended) {
      const { TemplateCode, Language, Name } = template;
      const stored = templates.find({ code: TemplateCode, name: '' }, Language);
      // Deleted since, or set to something else by a test.
      if (stored?.wire.AuditStatus !== 'auditing') continue;
      const refused = Name.includes(refusedName);
      const AuditStatus = refused ? 'fail' : 'pass';
      templates.change({ TemplateCode, Language, AuditStatus, Reason: refused ? refusalReason : '' });
    }
  }
}

function isSame(one: Review['template'], other: Review['template']): boolean {
  return one.TemplateCode === other.TemplateCode && one.Language === other.Language;
}
