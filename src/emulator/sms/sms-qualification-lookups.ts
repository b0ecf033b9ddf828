/** QuerySmsQualificationRecord and QuerySingleSmsQualification. Source: their API pages. */
import { type Answer, okAnswer, refusalAnswer } from '../answer.ts';
import type { Parameters } from '../parameters.ts';
import { missing, refuseSms } from './refuse-sms.ts';
import { readPage, rowsOf } from './sms-page.ts';
import type { QualificationState, SmsQualification } from './sms-qualifications.ts';

/** All filters are optional, and must all fit. */
export function querySmsQualificationRecord(parameters: Parameters, all: readonly SmsQualification[]): Answer {
  const check = readPage(parameters, 'PageNo', 'optional');
  if (check.kind === 'refused') return refusalAnswer(check.refusal);
  const state = parameters.text('State');
  if (state !== '' && !Object.hasOwn(detailStates, state)) {
    return refusalAnswer(
      refuseSms('isv.INVALID_PARAMETERS', `State is one of ${Object.keys(detailStates).join(', ')}`),
    );
  }
  const found = all.filter((qualification) => passesFilters(qualification, parameters));
  return okAnswer({
    Success: true,
    Data: {
      PageNo: check.page.index,
      PageSize: check.page.size,
      Total: found.length,
      List: rowsOf(found, check.page).map(recordRow),
    },
  });
}

/** The names are looked for within the names; the pages do not say whether the service does that. */
function passesFilters(qualification: SmsQualification, parameters: Parameters): boolean {
  const names: readonly (readonly [parameter: string, value: string])[] = [
    ['QualificationGroupName', qualification.name],
    ['CompanyName', qualification.company],
    ['LegalPersonName', qualification.legalPerson],
  ];
  const words: readonly (readonly [parameter: string, value: string])[] = [
    ['State', qualification.state],
    ['WorkOrderId', String(qualification.workOrderId)],
    ['UseBySelf', String(qualification.isForOwnUse)],
  ];
  return (
    names.every(([parameter, value]) => value.includes(parameters.text(parameter))) &&
    words.every(([parameter, value]) => ['', value].includes(parameters.text(parameter)))
  );
}

function recordRow(qualification: SmsQualification) {
  return {
    GroupId: qualification.id,
    QualificationGroupName: qualification.name,
    CompanyName: qualification.company,
    LegalPersonName: qualification.legalPerson,
    StateName: qualification.state,
    AuditRemark: qualification.remark,
    ...(qualification.reviewedAt === '' ? {} : { AuditTime: qualification.reviewedAt }),
    CreateDate: qualification.createdAt,
    // Text here, and a boolean in the detail.
    UseBySelf: String(qualification.isForOwnUse),
    WorkOrderId: qualification.workOrderId,
  };
}

/** The detail has other words than the list. */
const detailStates: Readonly<Record<QualificationState, string>> = {
  INIT: 'INT',
  PASS: 'PASSED',
  NOT_PASS: 'FAILED',
  NOT_FINISH: 'NOT_FINISH',
  CANCEL: 'CANCELED',
};

/** An OrderId must be that of the qualification where there is one. */
export function querySingleSmsQualification(parameters: Parameters, all: readonly SmsQualification[]): Answer {
  const id = parameters.text('QualificationGroupId');
  if (id === '') return refusalAnswer(missing('QualificationGroupId'));
  const order = parameters.text('OrderId');
  const found = all.find(
    (qualification) => String(qualification.id) === id && ['', String(qualification.workOrderId)].includes(order),
  );
  if (found === undefined) return refusalAnswer(refuseSms('isv.INVALID_PARAMETERS', `no qualification ${id}`));
  return okAnswer({ Success: true, Data: detailOf(found) });
}

const files = 'https://shop.example.com/files';

/** The reason of a refusal is only in the list. */
function detailOf(qualification: SmsQualification) {
  return {
    QualificationGroupId: qualification.id,
    QualificationName: qualification.name,
    CompanyName: qualification.company,
    CompanyType: 'COMPANY',
    OrganizationCode: '91000000SAMPLE0012',
    BusinessType: 'dysms',
    EffTimeStr: '2023-01-01~2033-01-01',
    LegalPersonName: qualification.legalPerson,
    LegalPersonIDCardNo: '110000190001010000',
    LegalPersonIDCardType: 'identityCard',
    LegalPersonIdCardEffTime: '2023-01-01~2033-01-01',
    AdminName: '王示例',
    AdminPhoneNo: '13800000000',
    AdminIDCardNo: '110000190001010001',
    AdminIDCardType: 'identityCard',
    AdminIDCardExpDate: '2023-01-01~2033-01-01',
    AdminIDCardPic: `${files}/admin-back.png`,
    AdminIDCardFrontFace: `${files}/admin-front.png`,
    BusinessLicensePics: [{ Type: 'businessLicense', LicensePic: 'files/license.png', PicUrl: `${files}/license.png` }],
    OtherFiles: [{ LicensePic: 'files/other.png', PicUrl: `${files}/other.png` }],
    State: detailStates[qualification.state],
    UseBySelf: qualification.isForOwnUse,
    WhetherShare: true,
    Remark: '无',
    WorkOrderId: qualification.workOrderId,
  };
}
