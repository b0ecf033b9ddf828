import { describe, expect, it } from 'vitest';
import { type PlanSummaryExtra, renderPlanSummary } from '../../../src/cli/render/plan-summary.ts';
import { widthOf } from '../../../src/cli/render/wide-text.ts';
import type { FindingGroup } from '../../../src/domain/plan-store.ts';
import type { RenderedMessage } from '../../../src/domain/rendered-message.ts';
import type { PlanRecord } from '../../../src/domain/run-record.ts';
import { anSmsFallback, emulated, planRecord, sessionPlan, textFallbackPlan } from '../../support/plan-record.ts';

const message: RenderedMessage = {
  header: null,
  body: 'Hi Ann',
  footer: null,
  offer: null,
  buttons: [],
  cards: [],
};

const groups: readonly FindingGroup[] = [
  { code: 'PARAM_TAB', severity: 'error', count: 5, first: [] },
  { code: 'PARAM_MISSING', severity: 'error', count: 25, first: [] },
  { code: 'SAME_ADDRESS', severity: 'warning', count: 3, first: [] },
  { code: 'ADDRESS_NORMALISED', severity: 'info', count: 900, first: [] },
];

const extra: PlanSummaryExtra = {
  firstPreview: message,
  addressMasked: '86138****0000',
  estimateMs: 40_000,
  findingGroups: groups,
  runFile: 'runs/spring-sale.run',
  width: 80,
};

const big = planRecord({
  summary: {
    rows: 10_000,
    toSend: 9_950,
    duplicates: 12,
    suppressed: 8,
    invalid: 30,
    segments: null,
    cost: null,
    requests: null,
    mostToOne: 1,
    languages: [
      { name: 'en', rows: 9_000 },
      { name: 'zh_CN', rows: 950 },
    ],
    countries: [{ name: 'CN', rows: 9_950 }],
    findings: [],
  },
  validUntil: Date.UTC(2026, 2, 2, 8),
});

describe('renderPlanSummary', () => {
  const factsOf = (plan: PlanRecord, ...labels: readonly string[]) =>
    renderPlanSummary(plan, { ...extra, width: 120 })
      .split('\n')
      .filter((line) => labels.some((label) => line.startsWith(`  ${label} `)))
      .map((line) => line.trim().replace(/ {2,}/, ': '));

  it('tells what text messages may come to that stand in for others: sign, segments and cost at most, and their pace', () => {
    const { campaign, ...plan } = textFallbackPlan();
    const summary = { ...big.summary, segments: 10_400, cost: { micros: 468_000_000, unpriced: 2, templates: false } };
    const labels = ['template', 'fallback', 'sign', 'segments', 'cost', 'requests', 'time'];
    expect(factsOf({ ...plan, campaign, summary }, ...labels)).toEqual([
      'template: order_shipped',
      'fallback: text message SMS_100001, for up to 9,950, after 131026',
      'sign: 阿里云',
      'segments: at most 10,400',
      'cost: text messages at most 468.00 by the prices of the campaign, and 2 messages without a price',
      'time: about 40 s at 250/s, then text messages at 5000/s',
    ]);
    const sign = { kind: 'column', column: 'shop' } as const;
    const fallback = { ...anSmsFallback, sms: { ...anSmsFallback.sms, sign } };
    const said = { ...sessionPlan(), summary };
    expect(factsOf({ ...said, campaign: { ...said.campaign, fallback } }, ...labels.slice(0, 4), 'message')).toEqual([
      'message: text, to people who wrote within 24 hours',
      'fallback: text message SMS_100001, for up to 9,950, after 131026',
      'sign: by the column shop: 0 approved signs',
      'segments: at most 10,400',
    ]);
  });

  it('tells where the signs of text messages are filed, of a few that a column names', () => {
    const filed = [
      { carrier: 'mobile', status: 'filed', reasons: [] },
      { carrier: 'unicom', status: 'toVerify', reasons: [] },
      { carrier: 'telecom', status: 'notFiled', reasons: [] },
    ] as const;
    const linesOf = (names: readonly string[], column: boolean) => {
      const plan = textFallbackPlan();
      const sign = column ? ({ kind: 'column', column: 'shop' } as const) : anSmsFallback.sms.sign;
      const fallback = { ...anSmsFallback, sms: { ...anSmsFallback.sms, sign } };
      const signs = names.map((name) => ({ name, filings: filed }));
      const lines = renderPlanSummary(
        { ...plan, campaign: { ...plan.campaign, fallback }, signs },
        { ...extra, width: 120 },
      );
      return lines.split('\n').filter((line) => line.includes('sign ') || line.includes(' filed'));
    };
    const where = 'mobile filed, unicom filed, to be verified, telecom not filed';
    expect(linesOf(['阿里云'], false)).toEqual([`  sign        阿里云: ${where}`]);
    expect(linesOf(['Hats', 'Shoes'], true)).toEqual([
      '  sign        by the column shop: 2 approved signs',
      `              Hats: ${where}`,
      `              Shoes: ${where}`,
    ]);
    expect(linesOf(['Hats', 'Shoes', 'Bags', 'Belts'], true)).toEqual([
      '  sign        by the column shop: 4 approved signs',
    ]);
  });

  it('tells what templates of WhatsApp cost, alone or with text messages instead of some', () => {
    const cost = { micros: 12_500_000, unpriced: 0, templates: true };
    const plan = { ...big, summary: { ...big.summary, cost } };
    expect(factsOf(plan, 'cost')).toEqual(['cost: 12.50 by the prices of the campaign']);
    const { summary, ...or } = textFallbackPlan();
    expect(factsOf({ ...or, summary: { ...summary, cost } }, 'cost')).toEqual([
      'cost: at most 12.50 by the prices of the campaign',
    ]);
  });

  it('tells a template to fall back to without prices or a pace of its own', () => {
    expect(factsOf(sessionPlan(), 'fallback', 'sign', 'cost', 'time')).toEqual([
      'fallback: template come_back, for up to 3',
      'time: about 40 s at 250/s',
    ]);
  });

  it.each([
    [{ kind: 'tier' }, 2_000, '  daily cap   2,000 now, 7,950 over the next 4 days'],
    [{ kind: 'count', count: 5_000 }, null, '  daily cap   5,000 now, 4,950 a day later'],
  ] as const)('tells how the messages spread over days with the cap %j', (dailyCap, people, line) => {
    const campaign = { ...big.campaign, send: { ...big.campaign.send, dailyCap } };
    const tier = people === null ? null : ({ kind: 'people', people } as const);
    const sender = { number: '8613867404376', status: null, quality: null, tierWord: null, tier };
    expect(renderPlanSummary({ ...big, campaign, sender }, extra).split('\n')).toContain(line);
  });

  it.each([
    [{ kind: 'tier' }, 10_000],
    [{ kind: 'tier' }, null],
    [{ kind: 'none' }, 250],
    [{ kind: 'count', count: 9_950 }, null],
  ] as const)('leaves the day out where it has room for everything: %j, %s people', (dailyCap, people) => {
    const campaign = { ...big.campaign, send: { ...big.campaign.send, dailyCap } };
    const tier = people === null ? null : ({ kind: 'people', people } as const);
    const sender = { number: '8613867404376', status: null, quality: null, tierWord: null, tier };
    expect(renderPlanSummary({ ...big, campaign, sender }, extra)).not.toContain('daily cap');
  });

  it('shows what goes, what is left out and why, and the first message', () => {
    expect(renderPlanSummary(big, extra)).toBe(`plan of spring-sale
  rows read   10,000
  to send      9,950
  duplicates      12
  suppressed       8
  invalid         30  PARAM_MISSING 25, PARAM_TAB 5
  look at     SAME_ADDRESS 3
  languages   en 9,000, zh_CN 950
  countries   CN 9,950
  template    order_shipped
  sender      8613867404376 (whatsapp)
  service     Alibaba Cloud, cams.ap-southeast-1.aliyuncs.com
  account     key LTAI****abcd
  time        about 40 s at 250/s
  run file    runs/spring-sale.run, valid until 2026-03-02 08:00 UTC
first message, to 86138****0000:
╭──────────────────────────────────────────────────────────╮
│ Hi Ann                                                   │
╰──────────────────────────────────────────────────────────╯`);
  });

  it('tells how long it takes where one person gets more than the rate explains', () => {
    const timeOf = (mostToOne: number) =>
      renderPlanSummary({ ...big, summary: { ...big.summary, mostToOne } }, extra)
        .split('\n')
        .find((line) => line.startsWith('  time'));
    expect(timeOf(7)).toBe('  time        about 40 s at 250/s');
    expect(timeOf(8)).toBe('  time        about 42 s: one address gets 8 messages, 6 s apart');
  });

  it('says twice that an emulated plan reaches nobody', () => {
    const lines = renderPlanSummary({ ...big, ...emulated }, { ...extra, colour: true }).split('\n');
    expect(lines[0]).toBe(
      '\u001B[1;30;43m EMULATOR \u001B[22;39;49m nobody receives anything: messages go to http://127.0.0.1:4010',
    );
    expect(lines.find((line) => line.includes('service'))).toBe('  service     EMULATOR at http://127.0.0.1:4010');
  });

  it('fits a screen of 24 lines of 80 columns, whatever the message and the list', () => {
    const long = { ...message, body: 'line\n'.repeat(50) };
    const many = Array.from({ length: 90 }, (_, index) => ({ name: `C${index}`, rows: 1 }));
    const plan = { ...big, ...emulated, summary: { ...big.summary, countries: many } };
    const lines = renderPlanSummary(plan, { ...extra, firstPreview: long }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
    expect(lines.at(-1)).toMatch(/^… \d+ more lines: see sendoff preview$/);
  });

  it('shows the rate of the sender where that is the lower one', () => {
    const campaign = { ...big.campaign, send: { ...big.campaign.send, senderRate: { count: 80, perMs: 1000 } } };
    const text = renderPlanSummary({ ...big, campaign }, { ...extra, estimateMs: 125_000 });
    expect(text).toContain('  time        about 2 min 5 s at 80/s\n');
  });

  it('says what mass sending gives up', () => {
    const send = { ...big.campaign.send, mode: 'mass', rate: { count: 10, perMs: 1000 } } as const;
    const lines = (senderRate: typeof send.senderRate) =>
      renderPlanSummary({ ...big, campaign: { ...big.campaign, send: { ...send, senderRate } } }, extra).split('\n');
    expect(lines(null)).toEqual(
      expect.arrayContaining([
        '  time        about 40 s at 10/s',
        '  mode        mass: requests of up to 1,000 messages, named only together',
        '              given up: ids at once; sendoff reconcile fetches them later',
        '              given up: one missing answer makes up to 1,000 rows unknown',
      ]),
    );
    expect(lines({ count: 80, perMs: 1000 })).toContain(
      '  mode        mass: requests of up to 8 messages, named only together',
    );
  });

  it('leaves out what a plan does not have', () => {
    const summary = { ...big.summary, toSend: 0, duplicates: 0, suppressed: 0, languages: [], countries: [] };
    const text = renderPlanSummary(
      { ...big, summary },
      { ...extra, firstPreview: null, addressMasked: null, runFile: null, findingGroups: [], estimateMs: 0 },
    );
    expect(text).toBe(`plan of spring-sale
  rows read   10,000
  to send          0
  invalid         30
  template    order_shipped
  sender      8613867404376 (whatsapp)
  service     Alibaba Cloud, cams.ap-southeast-1.aliyuncs.com
  account     key LTAI****abcd
  time        under 1 s at 250/s`);
  });
});
