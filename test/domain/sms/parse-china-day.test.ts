import { describe, expect, it } from 'vitest';
import { chinaDayStart, dashedDay, parseChinaDay } from '../../../src/domain/sms/parse-china-day.ts';

describe('a day in a flag', () => {
  it('is year, month and day, and stands as the service writes it', () => {
    expect(parseChinaDay(' 2026-02-28 ')).toEqual({ kind: 'value', value: '20260228' });
  });

  it.each(['2026-02-30', '2026-13-01', '20260228', '28.2.2026', 'yesterday', ''])('is not %j', (text) => {
    expect(parseChinaDay(text)).toEqual({
      kind: 'mistake',
      message: `"${text}" is not a day`,
      hint: 'write year, month and day, such as 2026-11-21',
    });
  });

  it('begins at midnight in China, and is shown with dashes', () => {
    expect(new Date(chinaDayStart('20261121')).toISOString()).toBe('2026-11-20T16:00:00.000Z');
    expect(dashedDay('20261121')).toBe('2026-11-21');
  });
});
