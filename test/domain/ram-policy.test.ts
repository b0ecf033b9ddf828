import { describe, expect, it } from 'vitest';
import type { SendMode } from '../../src/domain/campaign.ts';
import { isMissingRight, missingRightFix, neededRights, ramPolicy } from '../../src/domain/ram-policy.ts';

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

it('needs the right to the operation that the mode of a campaign calls', () => {
  const actions = (mode: SendMode) => neededRights({ custSpaceId: null, mode }).map(({ action }) => action);
  expect(actions('mass')).toContain('cams:SendChatappMassMessage');
  expect(actions('mass')).not.toContain('cams:SendChatappMessage');
  expect(actions('single')).toEqual(neededRights({ custSpaceId: null }).map(({ action }) => action));
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
  it('adds an action that the campaign itself does not need', () => {
    expect(missingRightFix('cams:DeleteChatappTemplate', { custSpaceId: null })).toBe(
      'grant cams:DeleteChatappTemplate to the RAM user or role; a policy for the whole campaign: {"Version":"1","Statement":[{"Effect":"Allow","Action":["cams:DeleteChatappTemplate","cams:GetChatappTemplateDetail","cams:ListChatappMessage","cams:QueryChatappPhoneNumbers","cams:SendChatappMessage"],"Resource":"*"}]}',
    );
  });
});
