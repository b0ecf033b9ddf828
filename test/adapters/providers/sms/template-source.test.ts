import { describe, expect, it } from 'vitest';
import {
  type CredentialSource,
  CredentialsMissingError,
} from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createSmsTemplateSource } from '../../../../src/adapters/providers/sms/template-source.ts';
import { checkTemplate } from '../../../../src/domain/check-campaign.ts';
import type { Template } from '../../../../src/domain/template.ts';
import { templateSourceContract } from '../../../contracts/template-source-contract.ts';
import { type Behaviour, closedEndpoint, cut, json, openRawService } from '../../../support/raw-service.ts';
import { hastyClock } from '../cams/fixtures.ts';
import { key, lookUpsAt, templateAnswer } from './fixtures.ts';

const code = 'SMS_100001';

const library: Behaviour = (response, call) => {
  const known = call.action === 'GetSmsTemplate' && call.query['TemplateCode'] === code;
  const body = known ? templateAnswer() : { Code: 'isv.SMS_TEMPLATE_ILLEGAL', Message: 'no such template' };
  json(body)(response, call);
};

templateSourceContract(
  'sms',
  async () => {
    const service = await openRawService(library);
    return {
      source: createSmsTemplateSource(lookUpsAt(service.endpoint)),
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    };
  },
  { code, languages: [''], body: 'Hi ${name}' },
);

async function found(changes: object): Promise<{ template: Template; detail: string }> {
  await using service = await openRawService(json(templateAnswer(changes)));
  const lookup = await createSmsTemplateSource(lookUpsAt(service.endpoint)).find(code, '');
  if (lookup.kind !== 'found') throw new Error(lookup.reason);
  return lookup;
}

describe('sms template source', () => {
  it('asks for the template with its code in the query', async () => {
    await using service = await openRawService(library);
    await createSmsTemplateSource(lookUpsAt(service.endpoint)).find(code, '');
    expect(service.received.map(({ action, query, form }) => ({ action, query, form }))).toEqual([
      { action: 'GetSmsTemplate', query: { TemplateCode: code }, form: {} },
    ]);
  });

  it('reads kind, attributes and signs', async () => {
    const { template } = await found({});
    expect(template.name).toBe('发货通知');
    expect(template.sms).toEqual({ kind: 'notice', attributes: { name: 'name' }, signs: ['阿里云', 'Aliyun'] });
    expect(checkTemplate(template)).toEqual([]);
  });

  it.each([
    ['0', 'verification'],
    ['1', 'notice'],
    ['2', 'promotion'],
    ['3', 'international'],
    [2, 'promotion'],
  ])('reads the type %j as %s', async (TemplateType, kind) => {
    const { template } = await found({ TemplateType });
    expect(template.sms?.kind).toBe(kind);
    expect(template.unsupported).toEqual([]);
  });

  it('does not pretend to know another type', async () => {
    const { template } = await found({ TemplateType: '7' });
    expect(template.unsupported).toEqual(['TemplateType 7']);
    expect(checkTemplate(template)).toMatchObject([{ code: 'TEMPLATE_UNSUPPORTED', severity: 'fatal' }]);
  });

  it.each([
    ['0', 'pending', 'pending'],
    ['1', 'approved', 'approved'],
    ['2', 'rejected', 'rejected'],
    ['10', 'cancelled', 'cancelled'],
    ['AUDIT_SATE_CANCEL', 'cancelled', 'cancelled'],
    ['5', 'unknown', '5'],
  ])('reads the status %j as %s', async (TemplateStatus, status, statusWord) => {
    const { template } = await found({ TemplateStatus });
    expect([template.status, template.statusWord]).toEqual([status, statusWord]);
  });

  it('says why the review refused it', async () => {
    const { template } = await found({ TemplateStatus: '2', AuditInfo: { RejectInfo: 'too vague' } });
    expect(checkTemplate(template)).toMatchObject([
      {
        code: 'TEMPLATE_NOT_APPROVED',
        message: 'the template "SMS_100001" is not approved, its state is "rejected": too vague',
      },
    ]);
  });

  it.each([
    ['nothing', undefined, {}],
    ['null', null, {}],
    ['an empty text', '', {}],
    ['an object', { code: 'numberCaptcha' }, { code: 'numberCaptcha' }],
    ['a text that is no JSON', '{code', {}],
    ['a list', '["a"]', {}],
    ['a value that is no text', '{"a":1,"b":"time"}', { b: 'time' }],
  ])('reads attributes from %s', async (_name, VariableAttribute, attributes) => {
    const { template } = await found({ VariableAttribute });
    expect(template.sms?.attributes).toEqual(attributes);
  });

  it('knows no signs where the service relates none', async () => {
    const { template } = await found({ RelatedSignName: '', SignList: { SignList: [] } });
    expect(template.sms?.signs).toEqual([]);
  });

  it('freezes what decides on the words, and not the dates of the review', async () => {
    const before = await found({});
    const later = await found({
      AuditInfo: { AuditDate: '2026-03-01 10:00:00' },
      VendorAuditStatus: {},
      RequestId: 'x',
    });
    expect(later.detail).toBe(before.detail);
    for (const change of [{ TemplateContent: 'Ho ${name}' }, { TemplateStatus: '2' }, { VariableAttribute: '{}' }]) {
      expect((await found(change)).detail).not.toBe(before.detail);
    }
  });

  it.each([
    ['SignatureDoesNotMatch', 403, 'access'],
    ['Forbidden.RAM', 403, 'access'],
    ['isv.OUT_OF_SERVICE', 200, 'blocked'],
  ])('refuses at once with %s and %i as trouble of kind %s', async (Code, status, kind) => {
    await using service = await openRawService(json({ Code, Message: 'no' }, status));
    await expect(createSmsTemplateSource(lookUpsAt(service.endpoint)).find(code, '')).rejects.toMatchObject({
      kind,
      message: `the service refuses: ${Code}: no`,
    });
    expect(service.received.length).toBe(1);
  });

  it('names the right that is missing, also where the service does not, and the policy of SMS', async () => {
    await using service = await openRawService(json({ Code: 'isp.RAM_PERMISSION_DENY', Message: 'denied' }));
    await expect(createSmsTemplateSource(lookUpsAt(service.endpoint)).find(code, '')).rejects.toMatchObject({
      code: 'RIGHT_MISSING',
      hint: 'grant dysms:GetSmsTemplate to the RAM user or role: check, preview, plan, send, resume, retry need it; a policy for the whole campaign: {"Version":"1","Statement":[{"Effect":"Allow","Action":["dysms:GetSmsSign","dysms:GetSmsTemplate","dysms:QuerySendDetails","dysms:SendSms"],"Resource":"*"}]}',
    });
  });

  it('asks again when it is cut off, and gives up after the fourth try', async () => {
    await using service = await openRawService(cut);
    const waits: number[] = [];
    const source = createSmsTemplateSource(lookUpsAt(service.endpoint, hastyClock(waits)));
    await expect(source.find(code, '')).rejects.toMatchObject({
      kind: 'unreachable',
      message: `no answer about template "${code}": ECONNRESET: the connection broke before the whole answer came`,
    });
    expect(waits).toEqual([500, 1500, 4000]);
  });

  it('is unreachable where nothing listens', async () => {
    const source = createSmsTemplateSource(lookUpsAt(await closedEndpoint()));
    await expect(source.find(code, '')).rejects.toMatchObject({ kind: 'unreachable', code: 'SERVICE_UNREACHABLE' });
  });

  it('names the field it cannot read', async () => {
    await using service = await openRawService(json(templateAnswer({ TemplateContent: 5 })));
    await expect(createSmsTemplateSource(lookUpsAt(service.endpoint)).find(code, '')).rejects.toMatchObject({
      kind: 'blocked',
      hint: expect.stringContaining('TemplateContent'),
    });
  });

  it('tells trouble with the credentials in their own words and asks nobody', async () => {
    await using service = await openRawService(library);
    const none: CredentialSource = {
      ...key,
      getCredentials: async () => {
        throw new CredentialsMissingError();
      },
    };
    const source = createSmsTemplateSource(lookUpsAt(service.endpoint, hastyClock(), none));
    await expect(source.find(code, '')).rejects.toThrow(CredentialsMissingError);
    expect(service.received).toEqual([]);
  });
});
