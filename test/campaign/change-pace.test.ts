import { describe, expect, it } from 'vitest';
import { CampaignFileError } from '../../src/campaign/campaign-file-error.ts';
import type { CampaignFlags } from '../../src/campaign/campaign-flags.ts';
import { changedPace } from '../../src/campaign/change-pace.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { anSmsFallback, planRecord } from '../support/plan-record.ts';

const { campaign } = planRecord();
const planned = {
  ...campaign.send,
  rate: { count: 100, perMs: 1_000 },
  senderRate: { count: 40, perMs: 1_000 },
  concurrency: 7,
  stopAfter: { failures: { kind: 'count', count: 3 }, atLeast: 9 },
  maxDurationMs: 60_000,
} as const;

function mistakesIn(flags: CampaignFlags): readonly (readonly [string, string])[] {
  try {
    changedPace({ ...campaign, send: planned }, flags);
  } catch (cause) {
    if (!(cause instanceof CampaignFileError)) throw cause;
    return cause.mistakes.map(({ place, message }) => [place.kind === 'flag' ? place.flag : 'file', message]);
  }
  return [];
}

describe('the pace of a frozen plan', () => {
  it('is the planned one where no flag says otherwise', () => {
    expect(changedPace({ ...campaign, send: planned }, {})).toEqual(planned);
  });

  it.each([
    ['--rate', { rate: '60/m' }, { rate: { count: 60, perMs: 60_000 } }],
    ['--sender-rate', { senderRate: '20/s' }, { senderRate: { count: 20, perMs: 1_000 } }],
    ['--mode single', { mode: 'single' }, {}],
    ['--mode mass, whose quota is another', { mode: 'mass' }, { mode: 'mass', rate: { count: 10, perMs: 1_000 } }],
    ['--mode mass with a rate', { mode: 'mass', rate: '2/s' }, { mode: 'mass', rate: { count: 2, perMs: 1_000 } }],
    ['--concurrency', { concurrency: '1' }, { concurrency: 1 }],
    ['--max-duration', { maxDuration: '2h' }, { maxDurationMs: 7_200_000 }],
    ['--stop-after', { stopAfter: 'never' }, { stopAfter: null }],
  ])('takes %s and leaves the rest', (_flag, flags, changes) => {
    expect(changedPace({ ...campaign, send: planned }, flags)).toEqual({ ...planned, ...changes });
  });

  it('takes a new threshold', () => {
    const { stopAfter } = changedPace({ ...campaign, send: planned }, { stopAfter: '5%', stopAfterAtLeast: '20' });
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

  it('refuses --mode mass where messages cannot share requests', () => {
    const session = { kind: 'session', type: 'text', content: { kind: 'column', column: 'words' } } as const;
    const inOwnWords: Campaign = { ...campaign, send: planned, content: session };
    const answering: Campaign = { ...campaign, send: planned, request: { contextMessageId: 'm-1' } };
    const mistake = (message: string) =>
      expect.objectContaining({
        mistakes: [{ place: { kind: 'flag', flag: '--mode' }, message, hint: 'leave the flag out' }],
      });
    expect(() => changedPace(inOwnWords, { mode: 'mass' })).toThrow(
      mistake('mass sending takes templates only, and this campaign has a message in words of its own'),
    );
    expect(() => changedPace(answering, { mode: 'mass' })).toThrow(mistake('mass sending takes no contextMessageId'));
    expect(() => changedPace({ ...campaign, fallback: anSmsFallback }, { mode: 'mass' })).toThrow(
      mistake('mass requests are answered as a whole, so nobody is known at once to need a text message instead'),
    );
    expect(changedPace(inOwnWords, {})).toEqual(planned);
  });

  it('refuses what text messages do not have, and changes the rest', () => {
    const texts: Campaign = {
      ...campaign,
      channel: 'sms',
      from: '',
      content: {
        kind: 'sms',
        sign: { kind: 'fixed', sign: '示例商城' },
        code: 'SMS_1',
        params: {},
        extendCode: null,
        outId: null,
      },
      send: { ...planned, mode: 'batch', senderRate: null },
    };
    const message = 'it is for the chat channels, and this run is of text messages';
    const refused = (...flags: readonly string[]) =>
      expect.objectContaining({
        mistakes: flags.map((flag) => ({ place: { kind: 'flag', flag }, message, hint: 'leave the flag out' })),
      });
    expect(() => changedPace(texts, { mode: 'mass', senderRate: '20/s' })).toThrow(refused('--mode', '--sender-rate'));
    expect(() => changedPace(texts, { mode: 'single' })).toThrow(refused('--mode'));
    expect(changedPace(texts, { rate: '20/s', concurrency: '2' })).toEqual({
      ...texts.send,
      rate: { count: 20, perMs: 1_000 },
      concurrency: 2,
    });
    expect(changedPace(texts, { batch: 'off' })).toEqual({ ...texts.send, mode: 'single' });
    expect(changedPace({ ...texts, send: { ...texts.send, mode: 'single' } }, { batch: 'on' })).toEqual(texts.send);
    expect(() => changedPace(texts, { batch: 'no way' })).toThrow('"no way" is neither on nor off');
  });

  it('refuses --batch where messages are no text messages', () => {
    expect(mistakesIn({ batch: 'off' })).toEqual([['--batch', 'no field "batch" in send']]);
  });

  it('names every flag it refuses, once', () => {
    expect(mistakesIn({ rate: '1/s', to: 'mobile', param: { name: 'a', date: 'b' }, name: 'other' })).toEqual(
      expect.arrayContaining(['--to', '--param', '--name'].map((flag) => [flag, frozen])),
    );
    expect(mistakesIn({ to: 'mobile', param: { name: 'a', date: 'b' } })).toHaveLength(2);
  });
});
