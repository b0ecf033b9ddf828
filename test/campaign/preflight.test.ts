import { describe, expect, it } from 'vitest';
import { freezePlan } from '../../src/campaign/freeze-plan.ts';
import type { PreflightSources } from '../../src/campaign/preflight.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { HealthLookup } from '../../src/domain/health.ts';
import type { Sender, SenderList } from '../../src/domain/sender.ts';
import type { Template } from '../../src/domain/template.ts';
import { aTemplate } from '../support/a-template.ts';
import { aCampaign, codesOf, freezeOptions, listOf, templatesOf } from './plan-scene.ts';

const sender: Sender = {
  number: '8613867404376',
  status: 'CONNECTED',
  quality: 'GREEN',
  tierWord: 'TIER_250',
  tier: { kind: 'people', people: 250 },
};

function sourcesOf(list: SenderList, health: HealthLookup | null = null, skewMs = 0): PreflightSources {
  return {
    clockSkewMs: async () => skewMs,
    senders: { list: async () => list },
    health: health === null ? null : { ofSender: async () => health },
  };
}

const connected = sourcesOf({ kind: 'told', senders: [sender] });
const chinese = (rows: number) => Array.from({ length: rows }, (_, index) => [`861380010${1000 + index}`, 'Ann']);
const american = [
  ['12025550123', 'Ann'],
  ['12125550123', 'Ben'],
];
const canadian = [['14165550123', 'Cat']];

interface Scene {
  readonly rows: readonly (readonly string[])[];
  readonly sources?: PreflightSources | null;
  readonly campaign?: Campaign;
  readonly templates?: readonly Template[];
}

async function frozen({ rows, sources = connected, campaign = aCampaign(), templates = [aTemplate()] }: Scene) {
  const columns = ['phone', 'name', 'lang'];
  const options = freezeOptions({
    campaign,
    recipients: listOf(columns, rows),
    templates: templatesOf(...templates),
    preflight: sources,
  });
  try {
    const plan = await freezePlan(options);
    const codes = (await codesOf(options.writer)).filter((code) => !code.includes('COLUMN_UNUSED'));
    return { plan, codes };
  } finally {
    options.writer.discard();
  }
}

describe('the preflight of a plan', () => {
  it('has nothing to say of a connected sender and a list within its tier', async () => {
    const { plan, codes } = await frozen({ rows: chinese(250) });
    expect(codes).toEqual([]);
    expect(plan.preflight).toEqual({ sender: { kind: 'found', sender }, health: null, people: 250, findings: [] });
  });

  it("warns of a clock that is a minute or more from the service's", async () => {
    const told = { kind: 'told', senders: [sender] } as const;
    const codesAt = async (skewMs: number) => {
      const scene = await frozen({ rows: chinese(1), sources: sourcesOf(told, null, skewMs) });
      return [scene.codes, scene.plan.preflight?.findings.map(({ message }) => message)];
    };
    expect(await codesAt(59_999)).toEqual([[], []]);
    expect(await codesAt(60_000)).toEqual([
      ['list CLOCK_SKEW'],
      ["this machine's clock is 60 s ahead of the service's"],
    ]);
    expect(await codesAt(-300_000)).toEqual([
      ['list CLOCK_SKEW'],
      ["this machine's clock is 5 min behind the service's"],
    ]);
  });

  it('counts people and not messages against the tier', async () => {
    const rows = chinese(250);
    const again = ['8613800101000', 'Another text'];
    const same = rows[1] ?? [];
    expect((await frozen({ rows: [...rows, again, same] })).codes).toEqual(['252 SAME_ADDRESS', '253 DUPLICATE']);
    expect((await frozen({ rows: chinese(251) })).codes).toEqual(['list TIER_EXCEEDED']);
  });

  it.each<[string, PreflightSources | null, readonly string[]]>([
    [
      'a sender that is off',
      sourcesOf({ kind: 'told', senders: [{ ...sender, status: 'OFFLINE' }] }),
      ['list SENDER_NOT_CONNECTED'],
    ],
    ['another sender', sourcesOf({ kind: 'told', senders: [{ ...sender, number: '1' }] }), ['list SENDER_NOT_FOUND']],
    [
      'a right that is missing',
      sourcesOf({
        kind: 'untold',
        code: 'NoPermission',
        reason: 'denied',
        missingRight: 'cams:QueryChatappPhoneNumbers',
      }),
      ['list SENDER_UNCHECKED'],
    ],
    [
      'health that is not well',
      sourcesOf({ kind: 'told', senders: [sender] }, { kind: 'told', state: 'blocked', problems: [] }),
      ['list HEALTH_BLOCKED'],
    ],
    ['a service that is not to be asked', null, []],
  ])('tells %s', async (_what, sources, codes) => {
    expect((await frozen({ rows: chinese(2), sources })).codes).toEqual(codes);
  });

  it('refuses a template of another category, asked of the service or not', async () => {
    const campaign = { ...aCampaign(), expect: { category: 'MARKETING' } } as const;
    const { plan, codes } = await frozen({ rows: chinese(2), sources: null, campaign });
    expect(codes).toEqual(['list CATEGORY_UNEXPECTED']);
    expect(plan.summary.findings).toContainEqual({ code: 'CATEGORY_UNEXPECTED', severity: 'fatal', findings: 1 });
  });

  it('foretells what marketing templates meet, by the numbers of the list', async () => {
    const templates = [aTemplate({ category: 'MARKETING' })];
    expect((await frozen({ rows: chinese(2), templates })).codes).toEqual(['list MARKETING_CAP']);
    expect((await frozen({ rows: american, templates })).codes).toEqual(['list MARKETING_TO_US']);
    expect((await frozen({ rows: canadian, templates })).codes).toEqual(['list MARKETING_CAP']);
    const { plan } = await frozen({ rows: [...american, ...canadian], templates });
    expect(plan.preflight?.findings.map(({ message }) => message)).toEqual([
      '2 messages go to the United States, where WhatsApp delivers no marketing templates',
      'WhatsApp limits how many marketing messages a person gets; some of these may fail with 131049',
    ]);
  });

  it('counts only the rows whose own variant is a marketing template', async () => {
    const language = { kind: 'column', column: 'lang', fallback: 'en' } as const;
    const campaign = aCampaign({ template: { language } });
    const templates = [aTemplate(), aTemplate({ language: 'es', category: 'MARKETING' })];
    const rows = american.map((cells, index) => [...cells, index === 0 ? 'en' : 'es']);
    const { plan } = await frozen({ rows, campaign, templates });
    expect(plan.preflight?.findings.map(({ message }) => message)).toEqual([
      '1 message goes to the United States, where WhatsApp delivers no marketing templates',
    ]);
  });

  it('is left out where the template itself cannot be sent', async () => {
    const { plan, codes } = await frozen({ rows: chinese(2), templates: [] });
    expect(codes).toEqual(['list TEMPLATE_NOT_FOUND']);
    expect(plan.preflight).toBeNull();
  });
});
