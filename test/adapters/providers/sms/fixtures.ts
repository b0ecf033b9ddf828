/** What the tests of this adapter share: a client with short patience, and answers as the service writes them. */

import {
  type CredentialSource,
  staticCredentials,
} from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import type { ServiceClient } from '../../../../src/adapters/providers/alibaba-cloud/service-client.ts';
import { createSmsClient } from '../../../../src/adapters/providers/sms/client.ts';
import type { SmsLookUpOptions } from '../../../../src/adapters/providers/sms/look-ups.ts';
import { createSmsLookUps } from '../../../../src/adapters/providers/sms/look-ups.ts';
import { hastyClock } from '../cams/fixtures.ts';

/** Long enough for a busy machine to answer, short enough for the tests in which nobody does. */
export const timeoutMs = 1_000;

export const key = staticCredentials('LTAItestkeyid', 'test-secret');

export function clientFor(endpoint: string, credentials: CredentialSource = key): ServiceClient {
  return createSmsClient({
    service: { kind: 'emulator', endpoint },
    credentials,
    userAgent: 'sendoff/0.1.0',
    timeoutMs,
  });
}

export function lookUpsAt(
  endpoint: string,
  clock = hastyClock(),
  credentials: CredentialSource = key,
): SmsLookUpOptions {
  return { lookUps: createSmsLookUps(clientFor(endpoint, credentials), clock), credentials };
}

/** An answer that went well. */
export function ok(fields: object): object {
  return { Code: 'OK', Message: 'OK', RequestId: 'r', ...fields };
}

export function templateAnswer(changes: object = {}): object {
  return ok({
    TemplateCode: 'SMS_100001',
    TemplateName: '发货通知',
    TemplateContent: 'Hi ${name}',
    TemplateStatus: '1',
    TemplateType: '1',
    TemplateTag: 5,
    IntlType: 0,
    RelatedSignName: '阿里云',
    SignList: { SignList: ['阿里云', 'Aliyun'] },
    VariableAttribute: '{"name":"name"}',
    AuditInfo: { AuditDate: '2026-01-05 10:00:00', RejectInfo: '' },
    VendorAuditStatus: { cmcc: 1 },
    OrderId: '5000001',
    CreateDate: '2026-01-04 10:00:00',
    FileUrlList: { FileUrl: [] },
    MoreDataFileUrlList: { MoreDataFileUrl: [] },
    ...changes,
  });
}
