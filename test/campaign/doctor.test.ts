import { describe, expect, it } from 'vitest';
import { type DoctorOptions, examine } from '../../src/campaign/doctor.ts';
import type { Examined } from '../../src/campaign/doctor-lines.ts';
import type { SmsPlanSources } from '../../src/campaign/freeze-plan.ts';
import { checkPlan } from '../../src/campaign/make-plan.ts';
import type { PreflightSources } from '../../src/campaign/preflight.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { OperatorError } from '../../src/domain/operator-error.ts';
import { callsOf } from '../../src/domain/ram-policy.ts';
import type { Sender, SenderList } from '../../src/domain/sender.ts';
import type { Template } from '../../src/domain/template.ts';
import { aTemplate } from '../support/a-template.ts';
import { anSmsTemplate } from '../support/an-sms.ts';
import { anSmsFallback, planRecord } from '../support/plan-record.ts';
import { aCampaign, freezeOptions, listOf, templatesOf, textsOf } from './plan-scene.ts';

class TestError extends OperatorError {
  override readonly code: string;
  override readonly kind: OperatorError['kind'];

  constructor(code: string, kind: OperatorError['kind']) {
    super('the words', { hint: 'the fix' });
    this.code = code;
    this.kind = kind;
  }
}

const sender: Sender = {
  number: '8613867404376',
  status: 'CONNECTED',
  quality: 'GREEN',
  tierWord: 'TIER_250',
  tier: { kind: 'people', people: 250 },
};
const told: SenderList = { kind: 'told', senders: [sender] };
const denied: SenderList = {
  kind: 'untold',
  code: 'NoPermission',
  reason: 'denied',
  missingRight: 'cams:QueryChatappPhoneNumbers',
};
const silent: SenderList = { kind: 'untold', code: 'TIMEOUT', reason: 'no answer in time', missingRight: null };

function throwing(error: Error): () => Promise<never> {
  return () => Promise.reject(error);
}

async function examined(changes: Partial<DoctorOptions> = {}): Promise<readonly Examined[]> {
  const options: DoctorOptions = {
    nodeVersion: '24.21.0',
    credentials: async () => ({ source: 'default/env', keyId: 'LTAI****abcd' }),
    clockSkewMs: async () => 300,
    calls: { custSpaceId: null },
    senders: { list: async () => told },
    sms: null,
    check: null,
    ...changes,
  };
  const lines: Examined[] = [];
  for await (const line of examine(options)) lines.push(line);
  return lines;
}

const asLine = (line: Examined) =>
  [line.state, line.name, line.says, ...(line.state === 'ok' ? [] : [line.fix])].join(' | ');

/** Without what is the same every time. */
async function linesAfter(count: number, changes: Partial<DoctorOptions>): Promise<readonly string[]> {
  return (await examined(changes)).slice(count).map(asLine);
}

interface CheckScene {
  readonly rows?: readonly (readonly string[])[];
  readonly list?: SenderList;
  readonly health?: PreflightSources['health'];
  readonly campaign?: Campaign;
  readonly templates?: readonly Template[];
  readonly sms?: SmsPlanSources | null;
}

const twoPeople = [
  ['8613800101000', 'Ann'],
  ['8613800101001', 'Ben'],
];

function checking(scene: CheckScene): Pick<DoctorOptions, 'check' | 'senders' | 'sms'> {
  const { rows = twoPeople, list = told, health = null, campaign = aCampaign(), templates = [aTemplate()] } = scene;
  const { sms = null } = scene;
  const senders = { list: async () => list };
  return {
    senders,
    sms,
    async check() {
      const options = freezeOptions({
        campaign,
        recipients: listOf(['phone', 'name'], rows),
        templates: templatesOf(...templates),
        sms,
        preflight: { clockSkewMs: async () => 0, senders, health },
      });
      try {
        return await checkPlan({
          ...options,
          service: { kind: 'emulator', endpoint: 'http://127.0.0.1:4010' },
          fallbackService: null,
          account: async () => planRecord().account,
          limits: { skipInvalid: false, maxInvalid: null, maxMessages: null, maxSpendMicros: null },
          validForMs: null,
        });
      } finally {
        options.writer.discard();
      }
    },
  };
}

describe('the doctor, of the account', () => {
  it('tells what is well, line by line', async () => {
    expect(await examined()).toEqual([
      { state: 'ok', name: 'Node.js', says: '24.21.0' },
      { state: 'ok', name: 'credentials', says: 'default/env, key LTAI****abcd' },
      { state: 'ok', name: 'clock', says: 'in step with the service' },
      {
        state: 'ok',
        name: 'rights',
        says: 'cams:QueryChatappPhoneNumbers; not tried: cams:SendChatappMessage, cams:GetChatappTemplateDetail',
      },
      { state: 'ok', name: 'sender', says: '8613867404376: CONNECTED, quality GREEN, 250 people a day' },
    ]);
  });

  it('ends where there are no credentials, with the clock all the same', async () => {
    const credentials = throwing(new TestError('CREDENTIALS_MISSING', 'access'));
    expect((await examined({ credentials })).slice(1)).toEqual([
      { state: 'fix', name: 'credentials', says: 'the words', fix: 'the fix', kind: 'access' },
      { state: 'ok', name: 'clock', says: 'in step with the service' },
    ]);
  });

  it.each<[number | null, string]>([
    [-1_999, 'ok | clock | in step with the service'],
    [45_000, 'ok | clock | this machine is 45 s ahead of the service'],
    [-90_000, 'look | clock | this machine is 90 s behind the service | synchronise the clock of this machine'],
    [
      -1_200_000,
      'fix | clock | this machine is 20 min behind the service, which refuses every request | synchronise the clock of this machine',
    ],
    [null, 'look | clock | the service does not tell its time | check the connection and the endpoint'],
  ])('judges a clock that is off by %s ms', async (skewMs, line) => {
    expect((await examined({ clockSkewMs: async () => skewMs })).map(asLine)[2]).toBe(line);
  });

  it.each<[string, SenderList, readonly string[]]>([
    [
      'a right that is missing',
      denied,
      [
        'fix | rights | cams:QueryChatappPhoneNumbers is missing | grant cams:QueryChatappPhoneNumbers to the RAM user or role; sendoff doctor --policy prints a policy',
      ],
    ],
    [
      'a service that is silent',
      silent,
      [
        'ok | rights | none tried; not tried: cams:SendChatappMessage, cams:GetChatappTemplateDetail',
        'fix | sender | the service does not tell its state: no answer in time | ',
      ],
    ],
    [
      'an account without senders',
      { kind: 'told', senders: [] },
      [
        'ok | rights | cams:QueryChatappPhoneNumbers; not tried: cams:SendChatappMessage, cams:GetChatappTemplateDetail',
        'look | sender | the account has no senders | register one in the console',
      ],
    ],
    [
      'a sender that is off, which may not be the one that is needed',
      { kind: 'told', senders: [{ ...sender, status: 'OFFLINE' }] },
      [
        'ok | rights | cams:QueryChatappPhoneNumbers; not tried: cams:SendChatappMessage, cams:GetChatappTemplateDetail',
        'look | sender | the sender 8613867404376 is OFFLINE, so every message would be refused | connect it in the console, or use another sender',
      ],
    ],
  ])('tells %s', async (_what, list, lines) => {
    expect(await linesAfter(3, { senders: { list: async () => list } })).toEqual(lines);
  });
});

describe('the doctor, of a campaign', () => {
  it('tells what is well, line by line', async () => {
    expect(await linesAfter(3, checking({}))).toEqual([
      'ok | rights | cams:GetChatappTemplateDetail, cams:QueryChatappPhoneNumbers; not tried: cams:SendChatappMessage',
      'ok | template | order_shipped (en): pass, UTILITY, quality GREEN',
      'ok | sender | 8613867404376: CONNECTED, quality GREEN, 250 people a day',
      'ok | recipients | 2 people',
      'ok | list | 2 rows read, 0 invalid',
    ]);
  });

  it.each<[string, CheckScene, readonly string[]]>([
    [
      'a template that is not there, and the sender all the same',
      { templates: [] },
      [
        'ok | rights | cams:QueryChatappPhoneNumbers; not tried: cams:SendChatappMessage, cams:GetChatappTemplateDetail',
        'fix | template | the service has no template "order_shipped" in en: no such template | check code and language, case and all',
        'ok | sender | 8613867404376: CONNECTED, quality GREEN, 250 people a day',
      ],
    ],
    [
      'a template of low quality and another category',
      {
        templates: [aTemplate({ quality: 'RED' })],
        campaign: { ...aCampaign(), expect: { category: 'MARKETING' } },
      },
      [
        'ok | rights | cams:GetChatappTemplateDetail, cams:QueryChatappPhoneNumbers; not tried: cams:SendChatappMessage',
        'fix | template | the template "order_shipped" in en is filed under UTILITY, and MARKETING is expected | check its price and its rules, then change expect.category',
        'ok | sender | 8613867404376: CONNECTED, quality GREEN, 250 people a day',
        'ok | recipients | 2 people',
        'ok | list | 2 rows read, 0 invalid',
      ],
    ],
    [
      'a sender of another account, and a list to mend',
      { list: { kind: 'told', senders: [{ ...sender, number: '4915112345678' }] }, rows: [...twoPeople, ['?', 'Cat']] },
      [
        'ok | rights | cams:GetChatappTemplateDetail, cams:QueryChatappPhoneNumbers; not tried: cams:SendChatappMessage',
        'ok | template | order_shipped (en): pass, UTILITY, quality GREEN',
        'fix | sender | the account has no such sender | it has 4915112345678; custSpaceId names another space',
        'ok | recipients | 2 people',
        'look | list | 3 rows read, 1 invalid | sendoff check shows them',
      ],
    ],
    [
      'health, and what marketing templates meet',
      {
        templates: [aTemplate({ category: 'MARKETING' })],
        health: { ofSender: async () => ({ kind: 'told', state: 'limited', problems: [] }) },
      },
      [
        'ok | rights | cams:GetChatappTemplateDetail, cams:QueryChatappPhoneNumbers, cams:GetWhatsappHealthStatus; not tried: cams:SendChatappMessage',
        'ok | template | order_shipped (en): pass, MARKETING, quality GREEN',
        'ok | sender | 8613867404376: CONNECTED, quality GREEN, 250 people a day',
        'look | health | WhatsApp lets messages of this sender pass with limits | look at the sender and its business in the console',
        'ok | recipients | 2 people',
        'look | recipients | WhatsApp limits how many marketing messages a person gets; some of these may fail with 131049 | do not send those again within a day: sendoff retry waits for it',
        'ok | list | 2 rows read, 0 invalid',
      ],
    ],
    [
      'a right that is missing, and no more of the sender',
      { list: denied },
      [
        'fix | rights | cams:QueryChatappPhoneNumbers is missing | grant cams:QueryChatappPhoneNumbers to the RAM user or role; sendoff doctor --policy prints a policy',
        'ok | template | order_shipped (en): pass, UTILITY, quality GREEN',
        'ok | recipients | 2 people',
        'ok | list | 2 rows read, 0 invalid',
      ],
    ],
    [
      'a service that does not tell of the sender',
      { list: silent },
      [
        'ok | rights | cams:GetChatappTemplateDetail; not tried: cams:SendChatappMessage',
        'ok | template | order_shipped (en): pass, UTILITY, quality GREEN',
        'look | sender | the service does not tell its state: no answer in time | ',
        'ok | recipients | 2 people',
        'ok | list | 2 rows read, 0 invalid',
      ],
    ],
    [
      'a campaign that names a column that is not there',
      { campaign: aCampaign({ recipients: { to: 'mobile' } }) },
      [
        'ok | rights | cams:GetChatappTemplateDetail, cams:QueryChatappPhoneNumbers; not tried: cams:SendChatappMessage',
        'ok | template | order_shipped (en): pass, UTILITY, quality GREEN',
        'ok | sender | 8613867404376: CONNECTED, quality GREEN, 250 people a day',
        'fix | list | the list has no column "mobile", which is to give the address | the list has: phone, name',
      ],
    ],
  ])('tells %s', async (_what, scene, lines) => {
    const space = scene.health === undefined ? null : 'cams-1';
    expect(await linesAfter(3, { ...checking(scene), calls: { custSpaceId: space } })).toEqual(lines);
  });

  it('tells sign and template of the text messages that stand in for others, and the rights to both services', async () => {
    const campaign: Campaign = { ...aCampaign(), fallback: anSmsFallback };
    const { sms } = textsOf(anSmsTemplate());
    expect(await linesAfter(3, { ...checking({ campaign, sms }), calls: callsOf(campaign) })).toEqual([
      'ok | rights | cams:GetChatappTemplateDetail, cams:QueryChatappPhoneNumbers, dysms:GetSmsTemplate, dysms:GetSmsSign; not tried: cams:SendChatappMessage, dysms:SendSms, dysms:SendBatchSms',
      'ok | sign | 阿里云: approved',
      'ok | template | order_shipped (en): pass, UTILITY, quality GREEN',
      'ok | template | SMS_100001: approved, notice, quality GREEN',
      'ok | sender | 8613867404376: CONNECTED, quality GREEN, 250 people a day',
      'ok | recipients | 2 people',
      'ok | list | 2 rows read, 0 invalid',
    ]);
    const lacking = textsOf(anSmsTemplate({ code: 'SMS_2' }));
    expect(await linesAfter(4, { ...checking({ campaign, sms: lacking.sms }), calls: callsOf(campaign) })).toEqual([
      'ok | sign | 阿里云: approved',
      'ok | template | order_shipped (en): pass, UTILITY, quality GREEN',
      'fix | template | fallback: the service has no template "SMS_100001": no such template | check the code, case and all',
      'ok | sender | 8613867404376: CONNECTED, quality GREEN, 250 people a day',
    ]);
  });

  it.each<[string, OperatorError['kind'], string]>([
    ['RIGHT_MISSING', 'access', 'rights'],
    ['ACCESS_REFUSED', 'access', 'service'],
    ['SERVICE_REFUSED', 'blocked', 'service'],
    ['SERVICE_UNREACHABLE', 'unreachable', 'service'],
    ['LIST_NOT_FOUND', 'usage', 'campaign'],
  ])('tells %s as trouble with the %s', async (code, kind, name) => {
    expect((await examined({ check: throwing(new TestError(code, kind)) })).slice(3)).toEqual([
      { state: 'fix', name, says: 'the words', fix: 'the fix', kind },
    ]);
  });

  it('lets a bug be a bug', async () => {
    await expect(examined({ check: throwing(new TypeError('oops')) })).rejects.toThrow(TypeError);
  });
});
