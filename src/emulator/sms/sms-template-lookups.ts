/** QuerySmsTemplateList and GetSmsTemplate. Source: their API pages. */
import { type Answer, okAnswer, refusalAnswer } from '../answer.ts';
import type { Parameters } from '../parameters.ts';
import { missing, refuseSms } from './refuse-sms.ts';
import { type SmsTemplateType, typeNumber } from './sms-message.ts';
import { readPage, rowsOf } from './sms-page.ts';
import { auditInfoOf, reasonOf, reviewNumbers } from './sms-sign-lookups.ts';
import type { ReviewState } from './sms-signs.ts';
import type { SmsTemplate } from './sms-templates.ts';

/** The words of the list. The page misspells the last one, and so does the service. */
const auditStatuses: Readonly<Record<ReviewState, string>> = {
  pending: 'AUDIT_STATE_INIT',
  approved: 'AUDIT_STATE_PASS',
  refused: 'AUDIT_STATE_NOT_PASS',
  cancelled: 'AUDIT_SATE_CANCEL',
};

/** The list has two numbers for a type: this one, and in OuterTemplateType that of the detail. */
const innerTypes: Readonly<Record<SmsTemplateType, number>> = {
  notice: 0,
  promotion: 1,
  verification: 2,
  international: 6,
};

export function querySmsTemplateList(parameters: Parameters, templates: readonly SmsTemplate[]): Answer {
  const check = readPage(parameters, 'PageIndex', 'optional');
  if (check.kind === 'refused') return refusalAnswer(check.refusal);
  return okAnswer({
    TotalCount: templates.length,
    CurrentPage: check.page.index,
    PageSize: check.page.size,
    SmsTemplateList: rowsOf(templates, check.page).map(listRow),
  });
}

function listRow(template: SmsTemplate) {
  return {
    TemplateCode: template.code,
    TemplateName: template.name,
    TemplateContent: template.content,
    TemplateType: innerTypes[template.type],
    OuterTemplateType: typeNumber(template.type),
    AuditStatus: auditStatuses[template.state],
    SignatureName: template.signs[0],
    CreateDate: template.createdAt,
    OrderId: template.orderId,
    Reason: reasonOf(template),
    TrafficDriving: '',
  };
}

export function getSmsTemplate(parameters: Parameters, templates: readonly SmsTemplate[]): Answer {
  const code = parameters.text('TemplateCode');
  if (code === '') return refusalAnswer(missing('TemplateCode'));
  const template = templates.find((each) => each.code === code);
  if (template === undefined) return refusalAnswer(refuseSms('isv.SMS_TEMPLATE_ILLEGAL', code));
  const isInternational = template.type === 'international';
  return okAnswer({
    TemplateCode: template.code,
    TemplateName: template.name,
    TemplateContent: template.content,
    // Both are text here, though every other state and type of the service is a number.
    TemplateStatus: String(reviewNumbers[template.state]),
    TemplateType: String(typeNumber(template.type)),
    // 0: a notice. Only international templates have one, and no attributes.
    ...(isInternational ? { IntlType: 0 } : { VariableAttribute: JSON.stringify(template.attributes) }),
    TemplateTag: 2,
    RelatedSignName: template.signs[0],
    SignList: { SignList: template.signs },
    AuditInfo: auditInfoOf(template),
    ApplyScene: 'https://shop.example.com/',
    Remark: template.name,
    OrderId: template.orderId,
    CreateDate: template.createdAt,
    FileUrlList: { FileUrl: ['https://shop.example.com/files/scene.png'] },
    MoreDataFileUrlList: { MoreDataFileUrl: [] },
  });
}
