/** The look-ups of the account: what they ask for, page by page, and against the emulator what they make of the answers. */
import { describe, expect, it } from 'vitest';
import { staticCredentials } from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createSmsQualifications } from '../../../../src/adapters/providers/sms/qualifications.ts';
import { createSmsSendStatistics } from '../../../../src/adapters/providers/sms/send-statistics.ts';
import { createSmsDirectory } from '../../../../src/adapters/providers/sms/sms-directory.ts';
import { collect } from '../../../../src/domain/collect.ts';
import {
  type EmulatorOptions,
  emulatorAccessKeyId,
  emulatorAccessKeySecret,
} from '../../../../src/emulator/emulator-options.ts';
import { startEmulator } from '../../../../src/emulator/server.ts';
import { type Behaviour, json, openRawService } from '../../../support/raw-service.ts';
import { lookUpsAt, ok } from './fixtures.ts';

const credentials = staticCredentials(emulatorAccessKeyId, emulatorAccessKeySecret);

async function open(settings: EmulatorOptions = {}) {
  const emulator = await startEmulator(settings);
  const options = lookUpsAt(emulator.url, undefined, credentials);
  return {
    directory: createSmsDirectory(options),
    statistics: createSmsSendStatistics(options),
    qualifications: createSmsQualifications(options),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

/** 120 entries in pages as they are asked for. */
const hundredAndTwentySigns: Behaviour = (response, call) => {
  const page = Number(call.query['PageIndex']);
  const size = Number(call.query['PageSize']);
  const first = (page - 1) * size;
  const SmsSignList = Array.from({ length: Math.max(0, Math.min(size, 120 - first)) }, (_, index) => ({
    SignName: `sign ${first + index + 1}`,
    AuditStatus: 'AUDIT_STATE_PASS',
  }));
  json(ok({ TotalCount: 120, CurrentPage: page, PageSize: size, SmsSignList }))(response, call);
};

describe('the list of signs', () => {
  it('has every page, the largest that may be asked for', async () => {
    await using service = await openRawService(hundredAndTwentySigns);
    const signs = await collect(createSmsDirectory(lookUpsAt(service.endpoint)).signs());
    expect(signs.map(({ name }) => name)).toEqual(Array.from({ length: 120 }, (_, index) => `sign ${index + 1}`));
    expect(service.received.map(({ action, query }) => ({ action, query }))).toEqual(
      ['1', '2', '3'].map((PageIndex) => ({ action: 'QuerySmsSignList', query: { PageIndex, PageSize: '50' } })),
    );
  });

  it('ends with an empty page where the total promises more', async () => {
    await using service = await openRawService(json(ok({ TotalCount: 9, SmsSignList: [] })));
    expect(await collect(createSmsDirectory(lookUpsAt(service.endpoint)).signs())).toEqual([]);
    expect(service.received).toHaveLength(1);
  });

  it.each([
    ['AUDIT_STATE_INIT', 'pending'],
    ['AUDIT_STATE_PASS', 'approved'],
    ['AUDIT_STATE_NOT_PASS', 'rejected'],
    ['AUDIT_STATE_CANCEL', 'cancelled'],
    ['AUDIT_SATE_CANCEL', 'cancelled'],
    ['AUDIT_STATE_NEW', 'unknown'],
  ])('calls %s %s', async (AuditStatus, status) => {
    const SmsSignList = [{ SignName: 'Shop', AuditStatus, Reason: { RejectInfo: 'no licence' } }];
    await using service = await openRawService(json(ok({ TotalCount: 1, SmsSignList })));
    expect(await collect(createSmsDirectory(lookUpsAt(service.endpoint)).signs())).toEqual([
      {
        name: 'Shop',
        type: null,
        status,
        statusWord: AuditStatus,
        reason: status === 'rejected' ? 'no licence' : null,
        createdAt: null,
      },
    ]);
  });

  it.each<[string, Behaviour, object]>([
    [
      'names the right that is missing',
      json({ Code: 'NoPermission', Message: 'denied' }, 403),
      { kind: 'access', code: 'RIGHT_MISSING', hint: expect.stringContaining('grant dysms:QuerySmsSignList to') },
    ],
    [
      'says that an answer cannot be read',
      json(ok({ TotalCount: 1, SmsSignList: [{ SignName: 7 }] })),
      { kind: 'blocked', hint: expect.stringContaining('SmsSignList.0.SignName') },
    ],
    [
      'says that there was no answer',
      (response) => response.destroy(),
      { kind: 'unreachable', message: expect.stringContaining('no answer about the signs: ECONNRESET') },
    ],
  ])('%s', async (_name, behaviour, error) => {
    await using service = await openRawService(behaviour);
    await expect(collect(createSmsDirectory(lookUpsAt(service.endpoint)).signs())).rejects.toMatchObject(error);
  });
});

describe('the statistics', () => {
  it('are asked for in the numbers of the service', async () => {
    const TargetList = [
      { SendDate: '20261120', TotalCount: '12', RespondedSuccessCount: 9, RespondedFailCount: 1, NoRespondedCount: 2 },
    ];
    await using service = await openRawService(json(ok({ Data: { TotalSize: 1, TargetList } })));
    const statistics = createSmsSendStatistics(lookUpsAt(service.endpoint));
    const query = { from: '20261119', until: '20261121', isGlobal: true, sign: 'Shop', kind: 'digital' } as const;
    expect(await collect(statistics.days(query))).toEqual([
      { day: '20261120', total: 12, delivered: 9, failed: 1, waiting: 2 },
    ]);
    expect(service.received.map(({ query: fields }) => fields)).toEqual([
      {
        IsGlobe: '2',
        StartDate: '20261119',
        EndDate: '20261121',
        SignName: 'Shop',
        TemplateType: '7',
        PageIndex: '1',
        PageSize: '50',
      },
    ]);
  });
});

describe('at the emulator', () => {
  it('the signs and templates of every state and kind are listed', async () => {
    await using opened = await open();
    const signs = await collect(opened.directory.signs());
    expect(signs.map(({ name, status }) => `${name} ${status}`)).toEqual([
      '示例商城 approved',
      'Sample Shop approved',
      '示例验证 approved',
      '示例物流 approved',
      '示例新店 pending',
      '示例旧店 rejected',
      '示例撤回 cancelled',
    ]);
    const templates = await collect(opened.directory.templates());
    expect(templates.map(({ code, kind, status }) => `${code} ${kind} ${status}`)).toEqual([
      'SMS_100000001 notice approved',
      'SMS_100000002 promotion approved',
      'SMS_100000003 verification approved',
      'SMS_100000004 verification approved',
      'SMS_100000005 international approved',
      'SMS_100000006 notice approved',
      'SMS_100000007 notice approved',
      'SMS_100000008 notice pending',
      'SMS_100000009 promotion rejected',
      'SMS_100000010 notice cancelled',
    ]);
    expect(templates[8]).toMatchObject({ name: '抽奖推广', reason: '变量不符合规范' });
  });

  it('a sign is found with its filings, and one that is not there is none', async () => {
    await using opened = await open();
    expect(await opened.directory.sign('示例物流')).toMatchObject({
      status: 'approved',
      filings: [{ status: 'filed' }, { status: 'toVerify' }, { status: 'notFiled' }],
    });
    expect(await opened.directory.sign('nobody')).toBeNull();
  });

  it('a qualification has the same state in the list and by itself', async () => {
    await using opened = await open();
    const listed = await collect(opened.qualifications.list());
    expect(listed.map(({ status }) => status)).toEqual(['approved', 'pending', 'rejected', 'unfinished', 'cancelled']);
    const single = await Promise.all(listed.map(({ id }) => opened.qualifications.read(id)));
    expect(single.map(({ status }) => status)).toEqual(listed.map(({ status }) => status));
    expect(listed[2]).toMatchObject({ id: '100000003', remark: '营业执照不清晰,请重新上传。' });
    expect(single[0]).toMatchObject({
      company: '示例商贸有限公司',
      legalPerson: { name: '李示例1', idCard: '110000190001010000', phone: null },
      admin: { name: '王示例', phone: '13800000000' },
      papers: ['admin-front', 'admin-back', 'license', 'other'].map(
        (name) => `https://shop.example.com/files/${name}.png`,
      ),
    });
  });
});
