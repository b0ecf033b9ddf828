import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { addCampaignOptions } from '../../src/cli/campaign-options.ts';

function command(): Command {
  return addCampaignOptions(
    new Command('send')
      .argument('<campaign>')
      .exitOverride()
      .configureOutput({ writeErr: () => {} }),
  );
}

function refusal(args: readonly string[]): string {
  try {
    command().parse(['list.csv', ...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
  throw new Error('not refused');
}

describe('campaign flags', () => {
  it('say everything that a campaign file can say', async () => {
    const parsed = command().parse(
      [
        ...['list.csv', '--name', 'today', '--channel', 'whatsapp', '--from', '+86 138 6740 4376'],
        ...['--template', 'order_shipped', '--language', 'en', '--language-column', 'lang', '--to', 'phone'],
        ...['--country', 'CN', '--param', 'name=first_name', '--param', "date={{ d | date: '%d=%b' }}"],
        ...['--param-text', 'shop=A=B', '--format', 'tsv', '--delimiter', '\\t', '--encoding', 'utf8'],
        ...['--suppress', 'never.csv', '--rate', '60/m', '--sender-rate', '1/s', '--concurrency', '3'],
        ...['--stop-after', '5%', '--stop-after-at-least', '10', '--max-duration', '30m'],
        ...['--daily-cap', '10000', '--expect-category', 'utility'],
      ],
      { from: 'user' },
    );
    const flags = parsed.opts();
    expect(await readCampaign({ path: 'list.csv', flags }, async () => '')).toEqual({
      name: 'today',
      channel: 'whatsapp',
      from: '8613867404376',
      custSpaceId: null,
      recipients: {
        file: 'list.csv',
        format: 'tsv',
        delimiter: '\t',
        encoding: 'utf-8',
        to: 'phone',
        country: 'CN',
        suppress: 'never.csv',
      },
      fallback: null,
      rates: null,
      request: {},
      content: {
        kind: 'template',
        code: 'order_shipped',
        language: { kind: 'column', column: 'lang', fallback: 'en' },
        params: {
          name: { kind: 'column', column: 'first_name' },
          date: { kind: 'text', text: "{{ d | date: '%d=%b' }}" },
          shop: { kind: 'text', text: 'A=B' },
        },
      },
      expect: { category: 'UTILITY' },
      send: {
        mode: 'single',
        rate: { count: 60, perMs: 60_000 },
        senderRate: { count: 1, perMs: 1000 },
        concurrency: 3,
        stopAfter: { failures: { kind: 'share', share: 0.05 }, atLeast: 10 },
        maxDurationMs: 1_800_000,
        dailyCap: { kind: 'count', count: 10_000 },
      },
    });
  });

  it('leave everything to the campaign file when there are none', () => {
    expect(command().parse(['campaign.yaml'], { from: 'user' }).opts()).toEqual({});
  });

  it.each([
    [
      ['--param', 'name'],
      `error: option '--param <variable=column>' argument 'name' is invalid. "name" fills no variable\nwrite variable=column, such as name=first_name`,
    ],
    [
      ['--param', '=phone'],
      `error: option '--param <variable=column>' argument '=phone' is invalid. "=phone" fills no variable\nwrite variable=column, such as name=first_name`,
    ],
    [
      ['--param', 'a=b', '--param', 'a=c'],
      `error: option '--param <variable=column>' argument 'a=c' is invalid. "a" is filled twice\nkeep one of the two`,
    ],
    [['--rat', '5/s'], `error: unknown option '--rat'\n(Did you mean --rate?)`],
  ])('refuse %j', (args, told) => {
    expect(refusal(args)).toBe(told);
  });
});
