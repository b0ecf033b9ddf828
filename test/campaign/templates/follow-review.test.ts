import { describe, expect, it } from 'vitest';
import { followReview, type ReviewVerdict } from '../../../src/campaign/templates/follow-review.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import type { Template } from '../../../src/domain/template.ts';
import type { TemplateLookup, TemplateSource } from '../../../src/domain/template-source.ts';
import { aTemplate } from '../../support/a-template.ts';
import { fakeClock } from '../../support/fake-clock.ts';

class Silence extends OperatorError {
  override readonly code = 'SERVICE_UNREACHABLE';
  override readonly kind = 'unreachable';
}

class NoRight extends OperatorError {
  override readonly code = 'RIGHT_MISSING';
  override readonly kind = 'access';
}

type Answer = Pick<Template, 'status'> & Partial<Template>;
const pending: Answer = { status: 'pending' };
const approved: Answer = { status: 'approved' };
const refused: Answer = { status: 'rejected', reason: 'INVALID_FORMAT' };

const variant = (language: string) => ({ code: '7001', language });

function follow(answers: Readonly<Record<string, readonly (Answer | 'missing' | Error)[]>>, longestMs = 3_600_000) {
  const clock = fakeClock();
  const askedAt: number[] = [];
  const told: ReviewVerdict[] = [];
  const leaving = new AbortController();
  const templates: TemplateSource = {
    async find(code, language): Promise<TemplateLookup> {
      const before = askedAt.filter((at) => at === clock.monotonic()).length;
      askedAt.push(clock.monotonic());
      const all = answers[language] ?? [];
      const turn = new Set(askedAt).size - 1;
      const answer = all[Math.min(turn, all.length - 1)];
      if (answer instanceof Error) throw answer;
      if (answer === undefined || answer === 'missing') return { kind: 'missing', code, reason: `${before}` };
      return { kind: 'found', template: aTemplate({ code, language, ...answer }), detail: '{}' };
    },
  };
  const verdicts = followReview({
    variants: Object.keys(answers).map(variant),
    templates,
    clock,
    longestMs,
    signal: leaving.signal,
    onVerdict: (verdict) => told.push(verdict),
  });
  // Where a test awaits the rejection itself, nothing may be left unhandled before.
  verdicts.catch(() => {});
  return { clock, verdicts, askedAt, told, leave: () => leaving.abort() };
}

describe('followReview', () => {
  it('asks ever more rarely until there is an answer', async () => {
    const { clock, verdicts, askedAt, told } = follow({ en: [pending, pending, pending, approved] });
    await clock.advance(60_000);
    expect(await verdicts).toEqual([{ ...variant('en'), kind: 'approved' }]);
    expect(askedAt).toEqual([1_000, 2_500, 4_750, 8_125]);
    expect(told).toEqual(await verdicts);
  });

  it('waits a minute at most between two questions', async () => {
    const { clock, askedAt, leave } = follow({ en: [pending] });
    await clock.advance(1_000_000);
    leave();
    const gaps = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
    expect(Math.max(...gaps)).toBe(60_000);
  });

  it('follows several languages, each to its own end', async () => {
    const { clock, verdicts, told } = follow({
      en: [approved],
      zh_CN: [pending, refused],
      de: [{ status: 'paused', statusWord: 'paused' }],
    });
    await clock.advance(60_000);
    expect(await verdicts).toEqual([
      { ...variant('en'), kind: 'approved' },
      { ...variant('zh_CN'), kind: 'refused', reason: 'INVALID_FORMAT' },
      { ...variant('de'), kind: 'other', statusWord: 'paused' },
    ]);
    expect(told.map(({ language }) => language)).toEqual(['en', 'de', 'zh_CN']);
  });

  it('goes on where the template is not there yet, or the service does not answer', async () => {
    const { clock, verdicts } = follow({ en: ['missing', new Silence('no answer'), approved] });
    await clock.advance(60_000);
    expect(await verdicts).toEqual([{ ...variant('en'), kind: 'approved' }]);
  });

  it('ends where the caller may not ask', async () => {
    const { clock, verdicts } = follow({ en: [new NoRight('no right')] });
    await clock.advance(60_000);
    await expect(verdicts).rejects.toThrow('no right');
  });

  it('leaves what has no answer pending at the end of the time', async () => {
    const { clock, verdicts, askedAt } = follow({ en: [pending], zh_CN: [approved] }, 5_000);
    await clock.advance(10_000);
    expect(await verdicts).toEqual([
      { ...variant('en'), kind: 'pending' },
      { ...variant('zh_CN'), kind: 'approved' },
    ]);
    expect(Math.max(...askedAt)).toBe(5_000);
  });

  it('leaves at once when it is told to', async () => {
    const { clock, verdicts, askedAt, leave } = follow({ en: [pending] });
    await clock.advance(1_500);
    leave();
    expect(await verdicts).toEqual([{ ...variant('en'), kind: 'pending' }]);
    await clock.advance(60_000);
    expect(askedAt).toEqual([1_000]);
  });
});
