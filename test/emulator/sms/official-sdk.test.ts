/** Every operation of Short Message Service driven by the typed methods of its official SDK, field by field. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SmsOperationName, smsOperationNames } from '../../../src/emulator/operation-name.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { dayOfChina } from '../../support/china-midnight.ts';
import { notice } from '../support/sms-request.ts';
import { Dysms, smsPatience, smsSdkClient } from '../support/sms-sdk-client.ts';

let emulator: Emulator;
let client: ReturnType<typeof smsSdkClient>;
beforeEach(async () => {
  emulator = await startEmulator({ smsDelayMs: 0 });
  client = smsSdkClient(emulator.url);
});
afterEach(() => emulator.close());

const ok = { code: 'OK', message: 'OK', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) };
const dateTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

/** What the SDK's models hold, without the models. */
function plain(model: unknown): unknown {
  return JSON.parse(JSON.stringify(model));
}

async function sendOne(): Promise<string | undefined> {
  const request = new Dysms.SendSmsRequest({
    phoneNumbers: '13800000001,+8613800000002',
    signName: notice.SignName,
    templateCode: notice.TemplateCode,
    templateParam: JSON.stringify({ name: '王"芳" & 1+2', code: 'A1001', date: '3月2日' }),
    outId: 'run-1/7',
    smsUpExtendCode: '90999',
  });
  const { statusCode, body } = await client.sendSmsWithOptions(request, smsPatience);
  expect([statusCode, plain(body)]).toEqual([200, { ...ok, bizId: expect.stringMatching(/^\d+\^0$/) }]);
  return body?.bizId;
}

const driven: Readonly<Record<SmsOperationName, () => Promise<void>>> = {
  async SendSms() {
    const bizId = await sendOne();
    const common = {
      channel: 'sms',
      sign: '示例商城',
      templateCode: 'SMS_100000001',
      templateType: 'notice',
      params: { name: '王"芳" & 1+2', code: 'A1001', date: '3月2日' },
      text: '【示例商城】王"芳" & 1+2,您的订单A1001已于3月2日发出,请留意查收。',
      segments: 1,
      outId: 'run-1/7',
      extendCode: '90999',
      bizId,
      ending: 'DELIVERED',
      acceptedAt: expect.any(Number),
      arrivedMs: expect.any(Number),
    };
    expect(emulator.acceptedSms()).toEqual([
      { ...common, number: 1, to: '8613800000001' },
      { ...common, number: 2, to: '8613800000002' },
    ]);
  },

  async SendBatchSms() {
    const request = new Dysms.SendBatchSmsRequest({
      phoneNumberJson: JSON.stringify(['13800000001', '008613300000002']),
      signNameJson: JSON.stringify(['示例商城', '示例物流']),
      templateCode: notice.TemplateCode,
      templateParamJson: JSON.stringify([
        { name: '王芳', code: 'A1', date: '3月2日' },
        { name: '李雷', code: 'A2', date: '3月3日' },
      ]),
      smsUpExtendCodeJson: JSON.stringify(['90999', '90998']),
      outId: 'run-1/8',
    });
    const { statusCode, body } = await client.sendBatchSmsWithOptions(request, smsPatience);
    expect([statusCode, plain(body)]).toEqual([200, { ...ok, bizId: expect.stringMatching(/^\d+\^0$/) }]);
    const common = { outId: 'run-1/8', bizId: body?.bizId };
    expect(emulator.acceptedSms()).toMatchObject([
      {
        ...common,
        to: '8613800000001',
        sign: '示例商城',
        params: { name: '王芳', code: 'A1', date: '3月2日' },
        extendCode: '90999',
      },
      {
        ...common,
        to: '8613300000002',
        sign: '示例物流',
        params: { name: '李雷', code: 'A2', date: '3月3日' },
        extendCode: '90998',
        ending: 'PORT_NOT_REGISTERED',
      },
    ]);
  },

  async QuerySendDetails() {
    const today = await dayOfChina();
    const bizId = await sendOne();
    const request = new Dysms.QuerySendDetailsRequest({
      phoneNumber: '13800000002',
      sendDate: today,
      pageSize: 10,
      currentPage: 1,
      bizId: bizId ?? '',
    });
    const { statusCode, body } = await client.querySendDetailsWithOptions(request, smsPatience);
    const row = {
      phoneNum: '13800000002',
      sendStatus: 3,
      errCode: 'DELIVERED',
      content: '【示例商城】王"芳" & 1+2,您的订单A1001已于3月2日发出,请留意查收。',
      sendDate: dateTime,
      receiveDate: dateTime,
      outId: 'run-1/7',
      templateCode: 'SMS_100000001',
    };
    expect([statusCode, plain(body)]).toEqual([
      200,
      { ...ok, totalCount: '1', smsSendDetailDTOs: { smsSendDetailDTO: [row] } },
    ]);
  },

  async QuerySendStatistics() {
    const today = await dayOfChina();
    await sendOne();
    const request = new Dysms.QuerySendStatisticsRequest({
      isGlobe: 1,
      startDate: today,
      endDate: today,
      pageIndex: 1,
      pageSize: 10,
      signName: '示例商城',
      templateType: 1,
    });
    const { statusCode, body } = await client.querySendStatisticsWithOptions(request, smsPatience);
    const row = {
      sendDate: today,
      totalCount: 2,
      respondedSuccessCount: 2,
      respondedFailCount: 0,
      noRespondedCount: 0,
    };
    expect([statusCode, plain(body)]).toEqual([200, { ...ok, data: { totalSize: 1, targetList: [row] } }]);
  },

  async QuerySmsSignList() {
    const request = new Dysms.QuerySmsSignListRequest({ pageIndex: 6, pageSize: 1 });
    const { statusCode, body } = await client.querySmsSignListWithOptions(request, smsPatience);
    const reason = '文件不能证明信息真实性,请重新上传。';
    const row = {
      signName: '示例旧店',
      auditStatus: 'AUDIT_STATE_NOT_PASS',
      businessType: '通用类型',
      createDate: '2025-06-06 10:02:34',
      orderId: '200450006',
      reason: { rejectDate: '2025-06-06 18:20:00', rejectInfo: reason, rejectSubInfo: reason },
      appIcpRecordId: expect.any(Number),
      trademarkId: expect.any(Number),
      authorizationLetterId: expect.any(Number),
      authorizationLetterAuditPass: false,
    };
    expect([statusCode, plain(body)]).toEqual([
      200,
      { ...ok, totalCount: 7, currentPage: 6, pageSize: 1, smsSignList: [row] },
    ]);
  },

  async GetSmsSign() {
    const request = new Dysms.GetSmsSignRequest({ signName: '示例物流' });
    const { statusCode, body } = await client.getSmsSignWithOptions(request, smsPatience);
    expect([statusCode, plain(body)]).toEqual([
      200,
      {
        ...ok,
        signName: '示例物流',
        signStatus: 1,
        signCode: 'SIGN_100000000001_200450004',
        signTag: '2',
        signUsage: '已注册商标名称',
        applyScene: 'https://shop.example.com/',
        qualificationId: 100000001,
        thirdParty: false,
        auditInfo: { auditDate: '2025-06-04 18:20:00' },
        createDate: '2025-06-04 10:02:34',
        orderId: '200450004',
        remark: '订单与会员通知',
        fileUrlList: ['https://shop.example.com/files/sign.png'],
        appIcpRecordId: expect.any(Number),
        trademarkId: expect.any(Number),
        authorizationLetterId: expect.any(Number),
        authorizationLetterAuditPass: true,
        registerResult: -1,
        signIspRegisterDetailList: [
          {
            operatorCode: 'mobile',
            registerStatus: 3,
            operatorCompleteTime: '2025-06-04 18:20:00',
            registerStatusReasons: [{ reasonCode: 'DETECT_SUCCESS', reasonDescList: [] }],
          },
          {
            operatorCode: 'unicom',
            registerStatus: 1,
            operatorCompleteTime: '2025-06-04 18:20:00',
            registerStatusReasons: [{ reasonCode: 'DETECTING', reasonDescList: [] }],
          },
          {
            operatorCode: 'telecom',
            registerStatus: -2,
            registerStatusReasons: [{ reasonCode: 'NON_REGISTER', reasonDescList: ['签名未发起报备'] }],
          },
        ],
      },
    ]);
  },

  async QuerySmsTemplateList() {
    const request = new Dysms.QuerySmsTemplateListRequest({ pageIndex: 2, pageSize: 5 });
    const { statusCode, body } = await client.querySmsTemplateListWithOptions(request, smsPatience);
    expect([statusCode, plain(body)]).toMatchObject([200, { ...ok, totalCount: 10, currentPage: 2, pageSize: 5 }]);
    const rows = body?.smsTemplateList ?? [];
    expect(rows.map(({ auditStatus }) => auditStatus)).toEqual([
      'AUDIT_STATE_PASS',
      'AUDIT_STATE_PASS',
      'AUDIT_STATE_INIT',
      'AUDIT_STATE_NOT_PASS',
      'AUDIT_SATE_CANCEL',
    ]);
    expect(plain(rows[3])).toEqual({
      templateCode: 'SMS_100000009',
      templateName: '抽奖推广',
      templateContent: '${name},恭喜中奖,点击${link}领取。',
      templateType: 1,
      outerTemplateType: 2,
      auditStatus: 'AUDIT_STATE_NOT_PASS',
      signatureName: '示例商城',
      createDate: '2025-06-09 11:42:17',
      orderId: '200498009',
      reason: {
        rejectDate: '2025-06-09 18:20:00',
        rejectInfo: '变量不符合规范',
        rejectSubInfo: '变量不符合规范',
      },
      trafficDriving: '',
    });
  },

  async GetSmsTemplate() {
    const request = new Dysms.GetSmsTemplateRequest({ templateCode: 'SMS_100000003' });
    const { statusCode, body } = await client.getSmsTemplateWithOptions(request, smsPatience);
    expect([statusCode, plain(body)]).toEqual([
      200,
      {
        ...ok,
        templateCode: 'SMS_100000003',
        templateName: '登录验证码',
        templateContent: '您的验证码为${code},5分钟内有效,请勿泄露。',
        templateStatus: '1',
        templateType: '0',
        templateTag: 2,
        relatedSignName: '示例验证',
        signList: { signList: ['示例验证', '示例商城'] },
        variableAttribute: '{"code":"numberCaptcha"}',
        auditInfo: { auditDate: '2025-06-03 18:20:00' },
        applyScene: 'https://shop.example.com/',
        remark: '登录验证码',
        orderId: '200498003',
        createDate: '2025-06-03 11:42:17',
        fileUrlList: { fileUrl: ['https://shop.example.com/files/scene.png'] },
        moreDataFileUrlList: { moreDataFileUrl: [] },
      },
    ]);
  },

  async QuerySmsQualificationRecord() {
    const request = new Dysms.QuerySmsQualificationRecordRequest({
      companyName: '示例商贸',
      legalPersonName: '李示例3',
      qualificationGroupName: '李示例3',
      state: 'NOT_PASS',
      useBySelf: true,
      workOrderId: 200100003,
      pageNo: 1,
      pageSize: 20,
    });
    const { statusCode, body } = await client.querySmsQualificationRecordWithOptions(request, smsPatience);
    const row = {
      groupId: 100000003,
      qualificationGroupName: '示例商贸有限公司李示例3',
      companyName: '示例商贸有限公司',
      legalPersonName: '李示例3',
      stateName: 'NOT_PASS',
      auditRemark: '营业执照不清晰,请重新上传。',
      auditTime: '2025-02-25 17:29:04',
      createDate: '2025-02-23 11:59:30',
      useBySelf: 'true',
      workOrderId: 200100003,
    };
    expect([statusCode, plain(body)]).toEqual([
      200,
      { ...ok, success: true, data: { pageNo: 1, pageSize: 20, total: 1, list: [row] } },
    ]);
  },

  async QuerySingleSmsQualification() {
    const request = new Dysms.QuerySingleSmsQualificationRequest({
      qualificationGroupId: 100000002,
      orderId: 200100002,
    });
    const { statusCode, body } = await client.querySingleSmsQualificationWithOptions(request, smsPatience);
    expect([statusCode, plain(body)]).toEqual([
      200,
      {
        ...ok,
        success: true,
        data: {
          qualificationGroupId: 100000002,
          qualificationName: '示例商贸有限公司李示例2',
          companyName: '示例商贸有限公司',
          companyType: 'COMPANY',
          organizationCode: '91000000SAMPLE0012',
          businessType: 'dysms',
          effTimeStr: '2023-01-01~2033-01-01',
          legalPersonName: '李示例2',
          legalPersonIDCardNo: '110000190001010000',
          legalPersonIDCardType: 'identityCard',
          legalPersonIdCardEffTime: '2023-01-01~2033-01-01',
          adminName: '王示例',
          adminPhoneNo: '13800000000',
          adminIDCardNo: '110000190001010001',
          adminIDCardType: 'identityCard',
          adminIDCardExpDate: '2023-01-01~2033-01-01',
          adminIDCardPic: 'https://shop.example.com/files/admin-back.png',
          adminIDCardFrontFace: 'https://shop.example.com/files/admin-front.png',
          businessLicensePics: [
            {
              type: 'businessLicense',
              licensePic: 'files/license.png',
              picUrl: 'https://shop.example.com/files/license.png',
            },
          ],
          otherFiles: [{ licensePic: 'files/other.png', picUrl: 'https://shop.example.com/files/other.png' }],
          state: 'INT',
          useBySelf: true,
          whetherShare: true,
          remark: '无',
          workOrderId: 200100002,
        },
      },
    ]);
  },
};

describe('the official SDK', () => {
  it.each(smsOperationNames)('gets every typed field of %s', (operation) => driven[operation]());

  it('sends a thousand numbers in one call', async () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => String(13800000000 + index));
    const request = new Dysms.SendSmsRequest({
      phoneNumbers: numbers.join(','),
      signName: notice.SignName,
      templateCode: notice.TemplateCode,
      templateParam: notice.TemplateParam,
    });
    const { body } = await client.sendSmsWithOptions(request, smsPatience);
    expect(body?.code).toBe('OK');
    expect(emulator.acceptedSms().map(({ to }) => to)).toEqual(numbers.map((number) => `86${number}`));
  });

  it('is told of a refusal by a normal answer, and of what is missing by an error', async () => {
    const request = new Dysms.SendSmsRequest({ phoneNumbers: '13800000001', signName: 'nobody' });
    await expect(client.sendSmsWithOptions(request, smsPatience)).rejects.toMatchObject({
      code: 'MissingTemplateCode',
      statusCode: 400,
    });
    const whole = new Dysms.SendSmsRequest({ ...request, templateCode: notice.TemplateCode });
    const { statusCode, body } = await client.sendSmsWithOptions(whole, smsPatience);
    expect([statusCode, body?.code, body?.bizId]).toEqual([200, 'isv.SMS_SIGNATURE_ILLEGAL', undefined]);
  });
});
