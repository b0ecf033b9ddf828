import { describe, expect, it } from 'vitest';
import { explain } from '../../src/campaign/explain.ts';
import { lookUp } from '../../src/domain/catalogue.ts';

const operatorErrors = { RUN_LOCKED: { cause: 'Another process holds the run.', fix: 'Wait until it is done.' } };

describe('explain', () => {
  it('gives the meaning of a code of a service', () => {
    const entry = lookUp('131026');
    expect(explain('131026')).toEqual({ kind: 'known', code: '131026', meanings: [{ kind: 'service', entry }] });
  });

  it('gives every meaning of a code that several services use', () => {
    const explanation = explain('OUT_OF_SERVICE');
    expect(explanation.kind === 'known' && explanation.meanings).toHaveLength(1);
    const shared = explain('TemplateNotFound');
    expect(
      shared.kind === 'known' && shared.meanings.map((each) => each.kind === 'service' && each.entry.service),
    ).toEqual(['cams', 'sms']);
  });

  it('gives the meaning of a finding', () => {
    expect(explain('PARAM_TAB')).toEqual({
      kind: 'known',
      code: 'PARAM_TAB',
      meanings: [
        {
          kind: 'finding',
          cause: 'The value has a tab, which WhatsApp refuses in a variable.',
          fix: 'Replace the tab by a blank.',
        },
      ],
    });
  });

  it("gives the meaning of sendoff's own error", () => {
    expect(explain('RUN_LOCKED', operatorErrors)).toEqual({
      kind: 'known',
      code: 'RUN_LOCKED',
      meanings: [{ kind: 'operator', ...operatorErrors.RUN_LOCKED }],
    });
  });

  it.each([
    [' throttling.USER ', 'Throttling.User'],
    ['param_tab', 'PARAM_TAB'],
    ['Throttling.user', 'Throttling.User'],
    ['run_locked', 'RUN_LOCKED'],
  ])('finds %j case aside', (typed, code) => {
    const explanation = explain(typed, operatorErrors);
    expect({ kind: explanation.kind, code: explanation.code }).toEqual({ kind: 'known', code });
  });

  it('explains an unlisted code by its family', () => {
    const explanation = explain('Throttling.Whatever');
    expect(explanation.kind).toBe('known');
  });

  it('names the nearest codes for one that nobody knows', () => {
    expect(explain('RUN_LOKED', operatorErrors)).toEqual({
      kind: 'unknown',
      code: 'RUN_LOKED',
      nearest: ['RUN_LOCKED'],
    });
    expect(explain('constructor')).toMatchObject({ kind: 'unknown' });
  });
});
