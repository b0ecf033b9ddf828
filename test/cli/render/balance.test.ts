import { describe, expect, it } from 'vitest';
import { type BalanceView, renderBalance } from '../../../src/cli/render/balance.ts';
import { causeGroups } from '../../../src/domain/report.ts';
import { emulated, planRecord } from '../../support/plan-record.ts';

const view: BalanceView = {
  balance: { rows: 10_000, accepted: 9_900, rejected: 40, unknown: 5, skipped: 20, invalid: 30, unsent: 5 },
  fallback: null,
  causes: causeGroups([
    {
      status: 'rejected',
      code: '131049',
      channel: 'whatsapp',
      rows: 40,
      firstRows: [2, 3, 4, 5, 6, 7, 8, 9, 10, 1111],
      lastEnds: [{ reason: null, endedAt: Date.UTC(2026, 2, 1, 9, 30) }],
    },
    {
      status: 'unknown',
      code: 'ECONNRESET',
      channel: 'whatsapp',
      rows: 2,
      firstRows: [77, 78],
      lastEnds: [{ reason: null, endedAt: 0 }],
    },
  ]),
  service: planRecord().service,
  command: 'sendoff reconcile runs/spring-sale.run',
  width: 80,
};

describe('renderBalance', () => {
  it('shows a balance that sums up, the causes with what to do, and the command to go on', () => {
    expect(renderBalance(view)).toBe(`accepted   9,900
rejected      40
unknown        5
skipped       20
invalid       30
unsent         5
────────────────
rows read 10,000

40 rejected: 131049
  Meta withheld a marketing message to protect recipient engagement.
  fix: Wait at least 24 hours before trying this recipient again, or use another
       channel.
  rows: 2, 3, 4, 5, 6, 7, 8, 9, 10, 1111 and 30 more
  may be tried again from 2026-03-02 09:30 UTC

2 unknown: ECONNRESET
  The connection closed before a full answer arrived; the request may have been
  accepted.
  fix: Reconcile the run, or look the message up, before it goes again.
  rows: 77, 78

to go on: sendoff reconcile runs/spring-sale.run`);
  });

  it('says below the balance how many of the accepted went out as their fallback, if any', () => {
    const below = (accepted: number) => {
      const fallback = { name: 'template come_back', template: 'come_back', accepted };
      return renderBalance({ ...view, fallback, causes: [], command: null })
        .split('\n')
        .slice(7);
    };
    expect(below(1_234)).toEqual(['rows read 10,000', 'of the accepted, 1,234 as template come_back']);
    expect(below(0)).toEqual(['rows read 10,000']);
  });

  it('says first of all that an emulated run reached nobody', () => {
    expect(renderBalance({ ...view, ...emulated }).split('\n')[0]).toBe(
      ' EMULATOR  nobody receives anything: messages go to http://127.0.0.1:4010',
    );
  });

  it('is the balance alone where every row was accepted', () => {
    const balance = { rows: 7, accepted: 7, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: 0 };
    expect(renderBalance({ ...view, balance, causes: [], command: null })).toBe(`accepted  7
rejected  0
unknown   0
skipped   0
invalid   0
unsent    0
───────────
rows read 7`);
  });

  it('never calls an accepted message sent', () => {
    expect(renderBalance(view)).not.toMatch(/\bsent\b/i);
  });

  it('colours only what there is', () => {
    const lines = renderBalance({ ...view, colour: true, causes: [], command: null }).split('\n');
    expect(lines[0]).toBe('\u001B[32maccepted   9,900\u001B[39m');
    expect(lines[3]).toBe('skipped       20');
  });
});
