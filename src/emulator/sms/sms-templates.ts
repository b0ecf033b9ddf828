/** The text templates of the emulated account: one for every type, and one for every state of the review. */
import type { SmsTemplateType } from './sms-message.ts';
import type { ReviewState } from './sms-signs.ts';

export interface SmsTemplate {
  readonly code: string;
  readonly name: string;
  /** With `${name}` for variables. */
  readonly content: string;
  /** The content, cut at its variables: what stands between them at even places, their names at odd ones. */
  readonly parts: readonly string[];
  readonly type: SmsTemplateType;
  readonly state: ReviewState;
  /** The attribute of each variable; international templates have none. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Those it is bound to, first that it was applied for with. Others of the account may be used, too. */
  readonly signs: readonly string[];
  /** Why it was refused; empty where it was not. */
  readonly refusedFor: string;
  readonly orderId: string;
  /** `yyyy-MM-dd HH:mm:ss`, UTC+8. */
  readonly createdAt: string;
}

type Given = Pick<SmsTemplate, 'name' | 'content' | 'type'> & Partial<Omit<SmsTemplate, 'parts'>>;

function template(number: number, fields: Given): SmsTemplate {
  const twoDigits = String(number).padStart(2, '0');
  return {
    code: `SMS_1000000${twoDigits}`,
    state: 'approved',
    attributes: {},
    signs: ['示例商城', 'Sample Shop', '示例物流'],
    refusedFor: '',
    orderId: String(200498000 + number),
    createdAt: `2025-06-${twoDigits} 11:42:17`,
    parts: partsOf(fields.content),
    ...fields,
  };
}

export const sampleSmsTemplates: readonly SmsTemplate[] = [
  template(1, {
    name: '订单发货通知',
    type: 'notice',
    content: '${name},您的订单${code}已于${date}发出,请留意查收。',
    attributes: { name: 'name', code: 'other_number2', date: 'time' },
  }),
  template(2, {
    name: '春季上新推广',
    type: 'promotion',
    content: '${name},春季上新,全场${discount}起,欢迎光临。拒收请回复R',
    attributes: { name: 'name', discount: 'other_number2' },
  }),
  template(3, {
    name: '登录验证码',
    type: 'verification',
    content: '您的验证码为${code},5分钟内有效,请勿泄露。',
    attributes: { code: 'numberCaptcha' },
    signs: ['示例验证', '示例商城'],
  }),
  template(4, {
    name: '注册验证码',
    type: 'verification',
    content: '您的注册验证码为${code},请勿泄露。',
    attributes: { code: 'characterWithNumber2' },
    signs: ['示例验证', '示例商城'],
  }),
  template(5, {
    name: 'order shipped (international)',
    type: 'international',
    content: 'Hi ${name}, your order ${code} has shipped.',
    signs: ['Sample Shop'],
  }),
  template(6, { name: '营业通知', type: 'notice', content: '我们的门店今日照常营业,欢迎光临。' }),
  template(7, {
    name: '账单通知',
    type: 'notice',
    content: '${name},您的账单金额为${amount}元,请于${date}前支付。如有疑问,请致电${phone}。',
    attributes: { name: 'name', amount: 'money', date: 'time', phone: 'phone_number2' },
  }),
  template(8, {
    name: '会员通知',
    type: 'notice',
    state: 'pending',
    content: '${name},您的会员资格已生效。',
    attributes: { name: 'name' },
  }),
  template(9, {
    name: '抽奖推广',
    type: 'promotion',
    state: 'refused',
    content: '${name},恭喜中奖,点击${link}领取。',
    attributes: { name: 'name', link: 'other_number2' },
    refusedFor: '变量不符合规范',
  }),
  template(10, {
    name: '停用通知',
    type: 'notice',
    state: 'cancelled',
    content: '${name},该服务已停用。',
    attributes: { name: 'name' },
  }),
];

/** The content, cut at its variables. */
export function partsOf(content: string): readonly string[] {
  return content.split(/\$\{([^{}\s]+)\}/);
}

/** The names of the variables, in the order of the text. */
export function variablesOf({ parts }: SmsTemplate): readonly string[] {
  return parts.filter((_, index) => index % 2 === 1);
}

/** The text with its variables filled; they have been looked at before. */
export function fillSms({ parts }: SmsTemplate, params: Readonly<Record<string, string>>): string {
  return parts.map((part, index) => (index % 2 === 1 ? (params[part] ?? '') : part)).join('');
}
