import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import { callsOf, isMissingRight, missingRightFix, neededRights, ramPolicy } from '../../src/domain/ram-policy.ts';
import { anSmsFallback, aTemplateChoice, planRecord } from '../support/plan-record.ts';

describe('neededRights', () => {
  it.each([
    [
      null,
      [
        'cams:SendChatappMessage',
        'cams:GetChatappTemplateDetail',
        'cams:QueryChatappPhoneNumbers',
        'cams:ListChatappMessage',
      ],
    ],
    [
      'cams-1',
      [
        'cams:SendChatappMessage',
        'cams:GetChatappTemplateDetail',
        'cams:QueryChatappPhoneNumbers',
        'cams:ListChatappMessage',
        'cams:GetWhatsappHealthStatus',
      ],
    ],
  ])('are those of the calls that a campaign in the space %s makes', (custSpaceId, actions) => {
    expect(neededRights({ custSpaceId }).map(({ action }) => action)).toEqual(actions);
  });
});

describe('the rights of a campaign with words of its own', () => {
  const content = { kind: 'session', type: 'text', content: { kind: 'fields', fields: { text: 'Hi' } } } as const;
  const { campaign } = planRecord();
  const said: Campaign = { ...campaign, custSpaceId: 'cams-1', content };
  const actionsOf = (one: Campaign) => neededRights(callsOf(one)).map(({ action }) => action);

  it('are none to templates, unless one is its fallback', () => {
    expect(actionsOf(said)).not.toContain('cams:GetChatappTemplateDetail');
    const fallback = { kind: 'template', template: aTemplateChoice, on: ['131047'] } as const;
    expect(actionsOf({ ...said, fallback })).toContain('cams:GetChatappTemplateDetail');
  });

  it('are those of both services where text messages stand in for others', () => {
    const sms = [
      'dysms:SendSms',
      'dysms:SendBatchSms',
      'dysms:GetSmsTemplate',
      'dysms:GetSmsSign',
      'dysms:QuerySendDetails',
    ];
    expect(actionsOf({ ...campaign, fallback: anSmsFallback })).toEqual([...actionsOf(campaign), ...sms]);
    const oneByOne = { ...anSmsFallback, send: { ...anSmsFallback.send, mode: 'single' } } as const;
    expect(actionsOf({ ...said, fallback: oneByOne })).toEqual([
      ...actionsOf(said),
      ...sms.filter((action) => action !== 'dysms:SendBatchSms'),
    ]);
  });

  it('are none to what the service does not tell of its channel', () => {
    expect(actionsOf({ ...said, channel: 'viber' })).toEqual(['cams:SendChatappMessage', 'cams:ListChatappMessage']);
    expect(actionsOf({ ...said, channel: 'instagram' })).toEqual(['cams:SendChatappMessage']);
  });
});

describe('ramPolicy', () => {
  it('allows each action once, on everything, in a steady order', () => {
    expect(ramPolicy(['cams:SendChatappMessage', 'cams:Delete', 'cams:SendChatappMessage'])).toEqual({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: ['cams:Delete', 'cams:SendChatappMessage'], Resource: '*' }],
    });
  });
});

describe('isMissingRight', () => {
  it.each(['NoPermission', 'NoPermission.SubUser', 'Ram.PermissionDeny', 'Forbidden.RAM', 'NotAuthorized'])(
    'is true of %s',
    (code) => {
      expect(isMissingRight(code)).toBe(true);
    },
  );

  it.each(['SignatureDoesNotMatch', 'InvalidAccessKeyId.NotFound', 'Forbidden.RiskControl', 'NoPermissions', 'OK'])(
    'is false of %s',
    (code) => {
      expect(isMissingRight(code)).toBe(false);
    },
  );
});

describe('missingRightFix', () => {
  it('is a policy for both services where one of them is lacking it', () => {
    const fix = missingRightFix('dysms:SendSms', callsOf({ ...planRecord().campaign, fallback: anSmsFallback }));
    expect(fix).toMatch(/^grant dysms:SendSms to the RAM user or role: send, resume, retry need it; /);
    expect(fix).toContain('"cams:SendChatappMessage"');
    expect(fix).toContain('"dysms:GetSmsSign"');
  });

  it('adds an action that the campaign itself does not need', () => {
    expect(missingRightFix('cams:DeleteChatappTemplate', { custSpaceId: null })).toBe(
      'grant cams:DeleteChatappTemplate to the RAM user or role; a policy for the whole campaign: {"Version":"1","Statement":[{"Effect":"Allow","Action":["cams:DeleteChatappTemplate","cams:GetChatappTemplateDetail","cams:ListChatappMessage","cams:QueryChatappPhoneNumbers","cams:SendChatappMessage"],"Resource":"*"}]}',
    );
  });
});
