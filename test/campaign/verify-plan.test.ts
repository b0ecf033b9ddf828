import { describe, expect, it } from 'vitest';
import {
  listChanged,
  verifyAccount,
  verifyAge,
  verifySameRun,
  verifyService,
  verifySigns,
  verifyTemplates,
} from '../../src/campaign/verify-plan.ts';
import type { Account } from '../../src/domain/account.ts';
import type { Service } from '../../src/domain/run-record.ts';
import type { ReviewStatus } from '../../src/domain/sms/review-status.ts';
import type { SignLookup, SignSource } from '../../src/domain/sms/sms-sign.ts';
import { aTemplate } from '../support/a-template.ts';
import { planRecord } from '../support/plan-record.ts';
import { detailOf, templatesOf } from './plan-scene.ts';

const singapore: Service = { kind: 'alibaba-cloud', endpoint: 'https://cams.ap-southeast-1.aliyuncs.com' };
const frankfurt: Service = { kind: 'alibaba-cloud', endpoint: 'https://cams.eu-central-1.aliyuncs.com' };
const emulator: Service = { kind: 'emulator', endpoint: 'http://127.0.0.1:4010' };
const otherEmulator: Service = { kind: 'emulator', endpoint: 'http://127.0.0.1:4999' };

describe('the service of a plan', () => {
  it.each([
    ['the same endpoint', singapore, singapore],
    ['an emulator on another port', emulator, otherEmulator],
  ])('may be %s', (_name, planned, now) => {
    expect(() => verifyService(planRecord({ service: planned }), { service: now, fallback: null })).not.toThrow();
    const both = planRecord({ service: planned, fallbackService: planned });
    expect(() => verifyService(both, { service: now, fallback: { service: now } })).not.toThrow();
  });

  it.each([
    [
      'the real one for an emulated plan',
      emulator,
      singapore,
      'planned on the emulator and cannot go to the real service',
    ],
    ['the emulator for a real plan', singapore, emulator, 'planned for the real service and cannot go to the emulator'],
    ['in another region', singapore, frankfurt, `not for "${frankfurt.endpoint}"`],
  ])('may not be %s', (_name, planned, now, message) => {
    const refusal = expect.objectContaining({
      code: 'SERVICE_IS_ANOTHER',
      kind: 'stale',
      message: expect.stringContaining(message),
    });
    expect(() => verifyService(planRecord({ service: planned }), { service: now, fallback: null })).toThrow(refusal);
    const standIn = planRecord({ service: singapore, fallbackService: planned });
    expect(() => verifyService(standIn, { service: singapore, fallback: { service: now } })).toThrow(refusal);
  });
});

describe('the account of a plan', () => {
  const planned: Account = { kind: 'key', keyId: 'LTAI****abcd' };
  const here: Account = { kind: 'key', keyId: 'LTAI****wxyz' };
  const profile: Account = { kind: 'temporary', source: 'cli_profile', profile: 'prod', role: null };

  it('may be the same, or any where the plan knows of none', () => {
    expect(() => verifyAccount(planRecord({ account: planned }), { ...planned })).not.toThrow();
    expect(() => verifyAccount(planRecord({ account: null }), here)).not.toThrow();
  });

  it.each<[string, Account, Account, string, string]>([
    [
      'of another key',
      planned,
      here,
      'nothing was handed over: this run belongs to key LTAI****abcd, and here is key LTAI****wxyz',
      'name the --profile, or set the environment, that gives key LTAI****abcd; for another account, make a plan of its own',
    ],
    [
      'of another profile',
      profile,
      { ...profile, profile: 'test' },
      'nothing was handed over: this run belongs to temporary keys of cli_profile "prod", and here is temporary keys of cli_profile "test"',
      'go on with --profile prod; for another account, make a plan of its own',
    ],
  ])('may not be one %s', (_name, account, now, message, hint) => {
    expect(() => verifyAccount(planRecord({ account }), now)).toThrow(
      expect.objectContaining({ code: 'ACCOUNT_IS_ANOTHER', kind: 'stale', message, hint }),
    );
  });
});

describe('the age of a plan', () => {
  const plannedAt = Date.UTC(2026, 10, 21, 8);
  const hour = 3_600_000;

  it.each([
    ['for ever where nobody bounds it', null, null, 10_000 * hour],
    ['to the very end of its own time', plannedAt + hour, null, hour],
    ['to the very end of the time this send allows', null, 2 * hour, 2 * hour],
    ['by the shorter of both', plannedAt + hour, 5 * hour, hour],
  ])('is good %s', (_name, validUntil, maxAgeMs, age) => {
    expect(() => verifyAge(planRecord({ plannedAt, validUntil }), plannedAt + age, maxAgeMs)).not.toThrow();
  });

  it.each([
    ['its own time', plannedAt + hour, null],
    ['the time this send allows', null, hour],
    ['the shorter of both, its own', plannedAt + hour, 5 * hour],
    ['the shorter of both, that of this send', plannedAt + 5 * hour, hour],
  ])('is over after %s', (_name, validUntil, maxAgeMs) => {
    expect(() => verifyAge(planRecord({ plannedAt, validUntil }), plannedAt + hour + 1, maxAgeMs)).toThrow(
      expect.objectContaining({
        code: 'PLAN_EXPIRED',
        kind: 'stale',
        message: 'the plan was made 2026-11-21T08:00:00.000Z and was valid until 2026-11-21T09:00:00.000Z',
      }),
    );
  });
});

describe('the templates of a plan', () => {
  const chinese = aTemplate({ language: 'zh_CN' });
  const plan = planRecord({
    templates: [aTemplate(), chinese].map((template) => ({
      channel: 'whatsapp',
      code: template.code,
      language: template.language,
      detail: detailOf(template),
    })),
  });

  it('are good as long as every one is as it was', async () => {
    const templates = templatesOf(aTemplate(), chinese);
    await verifyTemplates(plan, () => templates);
    expect(templates.lookUps.toSorted()).toEqual(['order_shipped en', 'order_shipped zh_CN']);
  });

  it.each([
    ['one is gone', templatesOf(aTemplate()), 'template "order_shipped" (zh_CN) no longer exists'],
    [
      'one is no longer approved',
      templatesOf(aTemplate(), aTemplate({ language: 'zh_CN', status: 'paused', statusWord: 'PAUSED' })),
      'template "order_shipped" (zh_CN) is no longer approved: PAUSED',
    ],
  ])('are stale when %s', async (_name, templates, message) => {
    await expect(verifyTemplates(plan, () => templates)).rejects.toMatchObject({
      code: 'PLAN_STALE',
      kind: 'stale',
      message,
    });
  });

  it('are stale when the words of one have changed', async () => {
    const [template] = planRecord().templates;
    const changed = planRecord({ templates: template ? [{ ...template, detail: '{"Body":"other words"}' }] : [] });
    await expect(verifyTemplates(changed, () => templatesOf(aTemplate()))).rejects.toMatchObject({
      code: 'PLAN_STALE',
      message: 'template "order_shipped" (en) has changed since it was planned',
    });
  });

  it('hand on that the service cannot be asked', async () => {
    const silent = { find: () => Promise.reject(new Error('no answer')) };
    await expect(verifyTemplates(plan, () => silent)).rejects.toThrow('no answer');
  });
});

describe('the signs of a plan', () => {
  const plan = planRecord({
    signs: [
      { name: 'Hats', filings: [] },
      { name: 'Shoes', filings: [] },
    ],
  });
  const sourceOf = (shoes: SignLookup): SignSource => ({
    find: async (name) => (name === 'Shoes' ? shoes : signIs('approved')),
  });
  const signIs = (status: ReviewStatus): SignLookup => ({
    kind: 'found',
    sign: { name: 'Shoes', status, reason: null, filings: [] },
  });

  it('are good as long as none is told to be otherwise, also where nobody can be asked', async () => {
    await verifySigns(plan, sourceOf(signIs('approved')));
    await verifySigns(plan, sourceOf({ kind: 'untold', code: 'TIMEOUT', reason: 'no answer', missingRight: null }));
    await verifySigns(plan, null);
  });

  it.each<[string, SignLookup, string]>([
    ['is gone', { kind: 'missing', code: 'isv.SMS_SIGN_ILLEGAL', reason: 'none' }, 'the sign "Shoes" no longer exists'],
    ['is cancelled', signIs('cancelled'), 'the sign "Shoes" is no longer approved: cancelled'],
  ])('are stale when one %s', async (_what, lookup, message) => {
    await expect(verifySigns(plan, sourceOf(lookup))).rejects.toMatchObject({
      code: 'PLAN_STALE',
      kind: 'stale',
      message,
    });
  });
});

describe('a run file that exists', () => {
  const { digests } = planRecord();

  it('is the same run for the same campaign and list', () => {
    expect(() =>
      verifySameRun(planRecord(), { campaignDigest: digests.campaign, listDigest: digests.list }),
    ).not.toThrow();
  });

  it.each([
    ['campaign', { campaignDigest: 'ff', listDigest: digests.list }, 'holds another campaign'],
    ['list', { campaignDigest: digests.campaign, listDigest: 'ff' }, 'holds another list'],
    ['both', { campaignDigest: 'ff', listDigest: 'ff' }, 'holds another campaign and another list'],
  ])('is another run when it differs in %s', (_name, now, message) => {
    expect(() => verifySameRun(planRecord(), now)).toThrow(
      expect.objectContaining({ code: 'RUN_IS_ANOTHER', kind: 'stale', message: `the run file exists and ${message}` }),
    );
  });

  it('is stale once its list has changed', () => {
    expect(listChanged('list.csv')).toMatchObject({
      code: 'PLAN_STALE',
      kind: 'stale',
      message: 'the list "list.csv" has changed since it was planned',
    });
  });
});
