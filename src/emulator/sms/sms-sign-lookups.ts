/** QuerySmsSignList and GetSmsSign. Source: their API pages. */
import { type Answer, okAnswer, refusalAnswer } from '../answer.ts';
import type { Parameters } from '../parameters.ts';
import { missing, refuseSms } from './refuse-sms.ts';
import type { Carrier } from './sms-number.ts';
import { readPage, rowsOf } from './sms-page.ts';
import type { Filing, ReviewState, SmsSign } from './sms-signs.ts';

/** The words of the list. */
const auditStatuses: Readonly<Record<ReviewState, string>> = {
  pending: 'AUDIT_STATE_INIT',
  approved: 'AUDIT_STATE_PASS',
  refused: 'AUDIT_STATE_NOT_PASS',
  cancelled: 'AUDIT_STATE_CANCEL',
};

/** The numbers of the detail, which GetSmsTemplate has as text. */
export const reviewNumbers: Readonly<Record<ReviewState, number>> = {
  pending: 0,
  approved: 1,
  refused: 2,
  cancelled: 10,
};

export function querySmsSignList(parameters: Parameters, signs: readonly SmsSign[]): Answer {
  const check = readPage(parameters, 'PageIndex', 'optional');
  if (check.kind === 'refused') return refusalAnswer(check.refusal);
  return okAnswer({
    TotalCount: signs.length,
    CurrentPage: check.page.index,
    PageSize: check.page.size,
    SmsSignList: rowsOf(signs, check.page).map(listRow),
  });
}

function listRow(sign: SmsSign) {
  return {
    SignName: sign.name,
    AuditStatus: auditStatuses[sign.state],
    BusinessType: sign.isForCodesOnly ? '验证码类型' : '通用类型',
    CreateDate: sign.createdAt,
    OrderId: sign.orderId,
    Reason: reasonOf(sign),
    AppIcpRecordId: appIcpRecordId,
    TrademarkId: trademarkId,
    AuthorizationLetterId: authorizationLetterId,
    // The service spells this one with a small letter.
    authorizationLetterAuditPass: sign.state === 'approved',
  };
}

const appIcpRecordId = 100000901;
const trademarkId = 100000902;
const authorizationLetterId = 100000903;

interface Reviewed {
  readonly state: ReviewState;
  readonly refusedFor: string;
  readonly createdAt: string;
}

/** Of a sign or a template. Where nothing was refused the service writes that there are no remarks. */
export function reasonOf({ state, refusedFor, createdAt }: Reviewed) {
  return state === 'refused'
    ? { RejectDate: reviewedAt(createdAt), RejectInfo: refusedFor, RejectSubInfo: refusedFor }
    : { RejectInfo: '无审核备注' };
}

/** When the review was over, or not at all while it lasts. */
export function auditInfoOf({ state, refusedFor, createdAt }: Reviewed) {
  if (state === 'pending') return {};
  return { AuditDate: reviewedAt(createdAt), ...(state === 'refused' ? { RejectInfo: refusedFor } : {}) };
}

/** All of the samples were reviewed on the evening of the same day. */
function reviewedAt(createdAt: string): string {
  return `${createdAt.slice(0, 10)} 18:20:00`;
}

export function getSmsSign(parameters: Parameters, signs: readonly SmsSign[]): Answer {
  const name = parameters.text('SignName');
  if (name === '') return refusalAnswer(missing('SignName'));
  const sign = signs.find((each) => each.name === name);
  if (sign === undefined) return refusalAnswer(refuseSms('isv.SMS_SIGNATURE_ILLEGAL', name));
  return okAnswer({
    SignName: sign.name,
    SignStatus: reviewNumbers[sign.state],
    SignCode: `SIGN_100000000001_${sign.orderId}`,
    SignTag: '2',
    SignUsage: '已注册商标名称',
    ApplyScene: 'https://shop.example.com/',
    QualificationId: sign.qualificationId,
    ThirdParty: false,
    AuditInfo: auditInfoOf(sign),
    CreateDate: sign.createdAt,
    OrderId: sign.orderId,
    Remark: sign.isForCodesOnly ? '登录场景验证码' : '订单与会员通知',
    FileUrlList: ['https://shop.example.com/files/sign.png'],
    AppIcpRecordId: appIcpRecordId,
    TrademarkId: trademarkId,
    AuthorizationLetterId: authorizationLetterId,
    AuthorizationLetterAuditPass: sign.state === 'approved',
    // Obsolete: 1 where every carrier has filed it, -1 where there is nothing to tell.
    RegisterResult: Object.values(sign.filings).every(({ status }) => status === 3) ? 1 : -1,
    SignIspRegisterDetailList: (['mobile', 'unicom', 'telecom'] as const).map((carrier) =>
      filingRow(carrier, sign.filings[carrier], sign),
    ),
  });
}

function filingRow(carrier: Carrier, { status, reasonCode, reasons }: Filing, sign: SmsSign) {
  return {
    OperatorCode: carrier,
    RegisterStatus: status,
    // Nothing that was not filed can have been answered.
    ...(status === -2 ? {} : { OperatorCompleteTime: reviewedAt(sign.createdAt) }),
    RegisterStatusReasons: [{ ReasonCode: reasonCode, ReasonDescList: reasons }],
  };
}
