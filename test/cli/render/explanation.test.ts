import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/campaign/explain.ts';
import { renderExplanation } from '../../../src/cli/render/explanation.ts';

describe('renderExplanation', () => {
  it('says why, what to do, whom it affects and whether a retry helps', () => {
    expect(renderExplanation(explain('131049'), { width: 70 })).toBe(`131049  (WhatsApp)
  cause     Meta withheld a marketing message to protect recipient
            engagement.
  fix       Wait at least 24 hours before trying this recipient again,
            or use another channel.
  affects   this row only; the run goes on
  retry     may help after 1 d
  went out  no
  source    WhatsApp Business Platform error codes (Meta), as
            classified in a current open-source client`);
  });

  it('shows one meaning below the other where services differ', () => {
    const titles = renderExplanation(explain('TemplateNotFound'), { width: 80 })
      .split('\n')
      .filter((line) => line.startsWith('TemplateNotFound'));
    expect(titles).toEqual([
      'TemplateNotFound  (Chat App Message Service)',
      'TemplateNotFound  (Short Message Service)',
    ]);
  });

  it.each([
    ['System.LimitControl', 'sendoff slows down and hands the row over again by itself'],
    ['131026', 'does not help before the cause is removed'],
    ['ECONNREFUSED', 'may help after a minute'],
    ['isv.DAY_LIMIT_CONTROL', 'may help after a day'],
    ['ECONNRESET', 'only after it is known that the message did not go out'],
    ['DELIVERED', 'not needed'],
  ])('says of %s that a retry: %s', (code, retry) => {
    const line = renderExplanation(explain(code), { width: 100 })
      .split('\n')
      .find((each) => each.startsWith('  retry'));
    expect(line?.replace(/^ {2}retry +/, '')).toBe(retry);
  });

  it('explains a finding of its own', () => {
    expect(renderExplanation(explain('PARAM_TAB'), { width: 80 })).toBe(`PARAM_TAB  (a finding of sendoff)
  cause  The value has a tab, which WhatsApp refuses in a variable.
  fix    Replace the tab by a blank.`);
  });

  it('names the nearest codes where it knows none', () => {
    expect(renderExplanation(explain('PARAM_TABB'), { width: 80 })).toBe(
      'no code "PARAM_TABB" is known; did you mean PARAM_TAB?',
    );
    expect(renderExplanation(explain('no such thing at all'), { width: 80 })).toBe(
      'no code "no such thing at all" is known',
    );
  });
});
