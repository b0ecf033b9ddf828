import { describe, expect, it } from 'vitest';
import { CampaignFileError } from '../../src/campaign/campaign-file-error.ts';
import type { CampaignFlags } from '../../src/campaign/campaign-flags.ts';
import { changedPace } from '../../src/campaign/change-pace.ts';
import { planRecord } from '../support/plan-record.ts';

const planned = {
  ...planRecord().campaign.send,
  rate: { count: 100, perMs: 1_000 },
  senderRate: { count: 40, perMs: 1_000 },
  concurrency: 7,
  stopAfter: { failures: { kind: 'count', count: 3 }, atLeast: 9 },
  maxDurationMs: 60_000,
} as const;

function mistakesIn(flags: CampaignFlags): readonly (readonly [string, string])[] {
  try {
    changedPace(planned, flags);
  } catch (cause) {
    if (!(cause instanceof CampaignFileError)) throw cause;
    return cause.mistakes.map(({ place, message }) => [place.kind === 'flag' ? place.flag : 'file', message]);
  }
  return [];
}

describe('the pace of a frozen plan', () => {
  it('is the planned one where no flag says otherwise', () => {
    expect(changedPace(planned, {})).toEqual(planned);
  });

  it.each([
    ['--rate', { rate: '60/m' }, { rate: { count: 60, perMs: 60_000 } }],
    ['--sender-rate', { senderRate: '20/s' }, { senderRate: { count: 20, perMs: 1_000 } }],
    ['--concurrency', { concurrency: '1' }, { concurrency: 1 }],
    ['--max-duration', { maxDuration: '2h' }, { maxDurationMs: 7_200_000 }],
    ['--stop-after', { stopAfter: 'never' }, { stopAfter: null }],
  ])('takes %s and leaves the rest', (_flag, flags, changes) => {
    expect(changedPace(planned, flags)).toEqual({ ...planned, ...changes });
  });

  it('takes a new threshold', () => {
    const { stopAfter } = changedPace(planned, { stopAfter: '5%', stopAfterAtLeast: '20' });
    expect(stopAfter).toEqual({ failures: { kind: 'share', share: 0.05 }, atLeast: 20 });
  });

  it('tells a mistake in a flag', () => {
    expect(mistakesIn({ rate: 'fast' })).toEqual([['--rate', '"fast" is not a rate']]);
  });

  const frozen = 'a run file holds its words and its list as they were planned';
  it.each([
    ['--from', { from: '8613800000000' }],
    ['--template', { template: 'other' }],
    ['--param', { param: { name: 'first_name' } }],
    ['--country', { country: 'DE' }],
    ['--language-column', { languageColumn: 'lang', language: 'en' }],
  ])('refuses %s, which would change the words or the list', (flag, flags) => {
    expect(mistakesIn(flags)).toEqual([[flag, frozen]]);
  });

  it('names every flag it refuses, once', () => {
    expect(mistakesIn({ rate: '1/s', to: 'mobile', param: { name: 'a', date: 'b' }, name: 'other' })).toEqual(
      expect.arrayContaining(['--to', '--param', '--name'].map((flag) => [flag, frozen])),
    );
    expect(mistakesIn({ to: 'mobile', param: { name: 'a', date: 'b' } })).toHaveLength(2);
  });
});
