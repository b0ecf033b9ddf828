import { describe, expect, it } from 'vitest';
import type { Campaign, TemplateCategory } from '../../src/domain/campaign.ts';
import type { DailyCap } from '../../src/domain/daily-cap.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { HealthLookup } from '../../src/domain/health.ts';
import { checkHealth } from '../../src/domain/preflight-health.ts';
import { checkSender, checkTier } from '../../src/domain/preflight-sender.ts';
import { checkCategory, foretellRefusals } from '../../src/domain/preflight-template.ts';
import type { Sender, SenderLookup } from '../../src/domain/sender.ts';
import { aTemplate } from '../support/a-template.ts';
import { aTemplateChoice, planRecord } from '../support/plan-record.ts';

const number = '8613867404376';

function aSender(changes: Partial<Sender> = {}): Sender {
  const tier = { kind: 'people', people: 10_000 } as const;
  return { number, status: 'CONNECTED', quality: 'GREEN', tierWord: 'TIER_10K', tier, ...changes };
}

const found = (changes: Partial<Sender>): SenderLookup => ({ kind: 'found', sender: aSender(changes) });
const told = ({ code, severity, value, message, hint }: Finding) => [code, severity, value, message, hint];

describe('checkSender', () => {
  it.each([{}, { status: null }, { quality: null }, { quality: 'UNKNOWN' }])('has nothing to say of %j', (changes) => {
    expect(checkSender(number, found(changes))).toEqual([]);
  });

  it.each(['BANNED', 'DELETED', 'DISCONNECTED', 'MIGRATED', 'OFFLINE', 'PAUSED', 'PENDING', 'UNVERIFIED'])(
    'forbids a sender that is %s',
    (status) => {
      expect(checkSender(number, found({ status })).map(told)).toEqual([
        [
          'SENDER_NOT_CONNECTED',
          'fatal',
          status,
          `the sender ${number} is ${status}, so every message would be refused`,
          'connect it in the console, or use another sender',
        ],
      ]);
    },
  );

  it.each<[string, SenderLookup, readonly unknown[]]>([
    [
      'a state that nobody lists',
      found({ status: 'MOODY' }),
      [
        'SENDER_NOT_CONNECTED',
        'warning',
        'MOODY',
        `the sender ${number} is MOODY and not CONNECTED`,
        'look at the sender in the console first',
      ],
    ],
    ...['RATE_LIMITED', 'RESTRICTED'].map((status): [string, SenderLookup, readonly unknown[]] => [
      `a sender that is ${status}`,
      found({ status }),
      [
        'SENDER_LIMITED',
        'warning',
        status,
        `the sender ${number} is ${status}: it has reached its limit of people for now`,
        'wait until a day after its last messages, or use another sender',
      ],
    ]),
    ...(['RED', 'YELLOW'] as const).map((quality): [string, SenderLookup, readonly unknown[]] => [
      `the quality ${quality}`,
      found({ quality }),
      [
        'SENDER_QUALITY_LOW',
        'warning',
        quality,
        `WhatsApp rates the sender ${number} ${quality}, and may restrict it`,
        'send to a smaller, better chosen list',
      ],
    ]),
    [
      'a sender that is flagged, once',
      found({ status: 'FLAGGED', quality: 'RED' }),
      [
        'SENDER_QUALITY_LOW',
        'warning',
        'FLAGGED',
        `WhatsApp rates the sender ${number} FLAGGED, and may restrict it`,
        'send to a smaller, better chosen list',
      ],
    ],
    [
      'a sender that is not there',
      { kind: 'missing', known: ['1', '2', '3', '4', '5', '6'] },
      [
        'SENDER_NOT_FOUND',
        'warning',
        number,
        'the account has no such sender',
        'it has 1, 2, 3, 4, 5, …; custSpaceId names another space',
      ],
    ],
    [
      'an account without senders',
      { kind: 'missing', known: [] },
      [
        'SENDER_NOT_FOUND',
        'warning',
        number,
        'the account has no such sender',
        'register the number, or name the space it belongs to with custSpaceId',
      ],
    ],
    [
      'a right that is missing',
      { kind: 'untold', code: 'NoPermission', reason: 'denied', missingRight: 'cams:QueryChatappPhoneNumbers' },
      [
        'SENDER_UNCHECKED',
        'info',
        'NoPermission',
        'the service does not tell the state of the sender: denied',
        'grant cams:QueryChatappPhoneNumbers to have it checked; messages can go without',
      ],
    ],
    [
      'a service that does not answer',
      { kind: 'untold', code: 'ECONNRESET', reason: 'no answer', missingRight: null },
      [
        'SENDER_UNCHECKED',
        'info',
        'ECONNRESET',
        'the service does not tell the state of the sender: no answer',
        'messages can go all the same',
      ],
    ],
  ])('tells %s', (_what, lookup, finding) => {
    expect(checkSender(number, lookup).map(told)).toEqual([finding]);
  });
});

/** A campaign with a template and this daily cap. */
function capped(dailyCap: DailyCap): Campaign {
  const { campaign } = planRecord();
  return { ...campaign, send: { ...campaign.send, dailyCap } };
}

describe('checkTier', () => {
  it("does not count words of one's own, and counts the template that they may fall back to", () => {
    const content = { kind: 'session', type: 'text', content: { kind: 'fields', fields: { text: 'Hi' } } } as const;
    const said: Campaign = { ...capped({ kind: 'tier' }), content };
    const fallback = { kind: 'template', template: aTemplateChoice, on: ['131047'] } as const;
    expect(checkTier(said, aSender(), 1_000_000)).toEqual([]);
    expect(checkTier({ ...said, fallback }, aSender(), 1_000_000)).toHaveLength(1);
  });

  const byTier: DailyCap = { kind: 'tier' };
  const resume =
    'the run stops at the cap and goes on with resume; where the business may reach more, set send.dailyCap';
  const unheld = 'leave send.dailyCap at tier, unless the business may reach more';

  it.each<[Partial<Sender>, number]>([
    [{}, 10_000],
    [{ tier: { kind: 'unlimited' }, tierWord: 'TIER_UNLIMITED' }, 1_000_000],
    [{ tier: null, tierWord: 'TIER_50' }, 1_000_000],
  ])('has nothing to say of %j and %d people', (changes, people) => {
    expect(checkTier(capped(byTier), aSender(changes), people)).toEqual([]);
  });

  it.each<[number, DailyCap, string, string]>([
    [
      12_000,
      byTier,
      '12,000 recipients, and the tier of 8613867404376 allows 10,000 a day: 10,000 now, 2,000 a day later',
      resume,
    ],
    [
      20_000,
      byTier,
      '20,000 recipients, and the tier of 8613867404376 allows 10,000 a day: 10,000 now, 10,000 a day later',
      resume,
    ],
    [
      20_001,
      byTier,
      '20,001 recipients, and the tier of 8613867404376 allows 10,000 a day: 10,000 now, 10,001 over the next 2 days',
      resume,
    ],
    [
      12_000,
      { kind: 'count', count: 4_000 },
      '12,000 recipients, and the tier of 8613867404376 allows 10,000 a day: 4,000 now, 8,000 over the next 2 days',
      resume,
    ],
    [
      12_000,
      { kind: 'count', count: 11_000 },
      '12,000 recipients, and the tier of 8613867404376 allows 10,000 a day: 2,000 may be refused',
      unheld,
    ],
    [
      12_000,
      { kind: 'none' },
      '12,000 recipients, and the tier of 8613867404376 allows 10,000 a day: 2,000 may be refused',
      unheld,
    ],
  ])('warns of %d people with the cap %j', (people, cap, message, hint) => {
    expect(checkTier(capped(cap), aSender(), people).map(told)).toEqual([
      ['TIER_EXCEEDED', 'warning', 'TIER_10K', message, hint],
    ]);
  });
});

describe('checkCategory', () => {
  it.each<[string | null, TemplateCategory | null]>([
    ['MARKETING', null],
    [null, null],
    ['MARKETING', 'MARKETING'],
  ])('has nothing to say of %s where %s is expected', (category, expected) => {
    expect(checkCategory(aTemplate({ category }), expected)).toEqual([]);
  });

  it.each<[string | null, string]>([
    ['UTILITY', 'the template "order_shipped" in en is filed under UTILITY, and MARKETING is expected'],
    [null, 'the template "order_shipped" in en has no category that the service tells, and MARKETING is expected'],
  ])('forbids %s where MARKETING is expected', (category, message) => {
    expect(checkCategory(aTemplate({ category }), 'MARKETING').map(told)).toEqual([
      ['CATEGORY_UNEXPECTED', 'fatal', category, message, 'check its price and its rules, then change expect.category'],
    ]);
  });
});

describe('foretellRefusals', () => {
  const toUs = (subject: string) => [
    'MARKETING_TO_US',
    'warning',
    null,
    `${subject} to the United States, where WhatsApp delivers no marketing templates`,
    'leave those rows out, or reach them by another channel',
  ];
  const cap = [
    'MARKETING_CAP',
    'warning',
    null,
    'WhatsApp limits how many marketing messages a person gets; some of these may fail with 131049',
    'do not send those again within a day: sendoff retry waits for it',
  ];

  it.each([
    [0, 0, []],
    [10, 0, [cap]],
    [10, 1, [toUs('1 message goes'), cap]],
    [5_000, 1_234, [toUs('1,234 messages go'), cap]],
    [7, 7, [toUs('7 messages go')]],
  ])('of %d marketing messages, %d to the United States', (messages, toUnitedStates, findings) => {
    expect(foretellRefusals({ messages, toUnitedStates }).map(told)).toEqual(findings);
  });
});

describe('checkHealth', () => {
  const problem = {
    entity: 'WABA',
    code: '141006',
    description: 'There is an error with the payment method.',
    solution: 'Add a payment method.',
  };

  it.each<[string, HealthLookup, readonly (readonly unknown[])[]]>([
    ['health', { kind: 'told', state: 'available', problems: [problem] }, []],
    [
      'a block with its reasons',
      { kind: 'told', state: 'blocked', problems: [problem, { ...problem, code: '1', solution: null }] },
      [
        [
          'HEALTH_BLOCKED',
          'fatal',
          '141006',
          'WhatsApp lets no message of this sender pass: WABA: There is an error with the payment method',
          'Add a payment method.',
        ],
        [
          'HEALTH_BLOCKED',
          'fatal',
          '1',
          'WhatsApp lets no message of this sender pass: WABA: There is an error with the payment method',
          'look at the sender and its business in the console',
        ],
      ],
    ],
    [
      'a limit without a reason',
      { kind: 'told', state: 'limited', problems: [] },
      [
        [
          'HEALTH_LIMITED',
          'warning',
          null,
          'WhatsApp lets messages of this sender pass with limits',
          'look at the sender and its business in the console',
        ],
      ],
    ],
    [
      'a right that is missing',
      { kind: 'untold', code: 'NoPermission', reason: 'denied', missingRight: 'cams:GetWhatsappHealthStatus' },
      [
        [
          'HEALTH_UNCHECKED',
          'info',
          'NoPermission',
          'the service does not tell the health of the sender: denied',
          'grant cams:GetWhatsappHealthStatus to have it checked; messages can go without',
        ],
      ],
    ],
    [
      'a service that does not answer',
      { kind: 'untold', code: 'TIMEOUT', reason: 'no answer', missingRight: null },
      [
        [
          'HEALTH_UNCHECKED',
          'info',
          'TIMEOUT',
          'the service does not tell the health of the sender: no answer',
          'messages can go all the same',
        ],
      ],
    ],
  ])('tells %s', (_what, lookup, findings) => {
    expect(checkHealth(lookup).map(told)).toEqual(findings);
  });
});
