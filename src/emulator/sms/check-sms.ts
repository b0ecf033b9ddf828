/** The checks of SendSms and SendBatchSms as calls: what is mandatory, how much one may hold. Source: their API pages. */
import type { Parameters } from '../parameters.ts';
import type { Refusal } from '../refusals.ts';
import { checkSmsOrder, checkSmsTemplate, type SmsAccount, type SmsCheck, type SmsOrder } from './check-sms-order.ts';
import { missing, refuseSms } from './refuse-sms.ts';
import type { SmsDraft } from './sms-message.ts';

const mostNumbers = 1000;
const mostOfBatch = 100;

export function checkSms(parameters: Parameters, account: SmsAccount): SmsCheck {
  const refusal = checkMandatory(parameters, ['PhoneNumbers', 'SignName', 'TemplateCode']);
  if (refusal !== null) return refused(refusal);
  const order: SmsOrder = {
    numbers: smsNumbers(parameters),
    sign: parameters.text('SignName'),
    params: parameters.json('TemplateParam'),
    extendCode: parameters.text('SmsUpExtendCode'),
  };
  if (order.numbers.length > mostNumbers) return tooMany(mostNumbers);
  return checkOrders([order], parameters, account);
}

export function checkBatchSms(parameters: Parameters, account: SmsAccount): SmsCheck {
  const refusal = checkMandatory(parameters, ['PhoneNumberJson', 'SignNameJson', 'TemplateCode']);
  if (refusal !== null) return refused(refusal);
  const numbers = parameters.json('PhoneNumberJson');
  const signs = parameters.json('SignNameJson');
  const params = parameters.json('TemplateParamJson') ?? undefined;
  const extendCodes = parameters.json('SmsUpExtendCodeJson');
  if (!isTextList(numbers)) return notAList('PhoneNumberJson');
  if (!isTextList(signs)) return notAList('SignNameJson');
  if (parameters.text('TemplateParamJson') !== '' && !Array.isArray(params)) return notAList('TemplateParamJson');
  if (extendCodes !== undefined && !isTextList(extendCodes)) return notAList('SmsUpExtendCodeJson');
  if (numbers.length > mostOfBatch) return tooMany(mostOfBatch);
  const lists: readonly unknown[] = [signs, params, extendCodes];
  if (lists.some((list) => Array.isArray(list) && list.length !== numbers.length)) {
    return refused(refuseSms('isv.INVALID_PARAMETERS', 'the lists must be of one length'));
  }
  const orders = numbers.map((number, index) => ({
    numbers: [number],
    sign: signs[index] ?? '',
    params: Array.isArray(params) ? params[index] : undefined,
    extendCode: extendCodes?.[index] ?? '',
  }));
  return checkOrders(orders, parameters, account);
}

/** Whom a call of either operation is about, as it writes them; none where that cannot be read. */
export function smsNumbers(parameters: Parameters): readonly string[] {
  const list = parameters.text('PhoneNumbers');
  if (list !== '') return list.split(',');
  const json = parameters.json('PhoneNumberJson');
  return isTextList(json) ? json : [];
}

/** All of them are taken, or none. */
function checkOrders(orders: readonly SmsOrder[], parameters: Parameters, account: SmsAccount): SmsCheck {
  const code = parameters.text('TemplateCode');
  const outId = parameters.text('OutId');
  const template = account.templates.find((each) => each.code === code);
  const refusal = checkSmsTemplate(template, code) ?? checkOutId(outId);
  if (template === undefined || refusal !== null)
    return refused(refusal ?? refuseSms('isv.SMS_TEMPLATE_ILLEGAL', code));
  const messages: SmsDraft[] = [];
  for (const order of orders) {
    const check = checkSmsOrder(order, template, outId, account.signs);
    if (check.kind === 'refused') return check;
    messages.push(...check.messages);
  }
  return { kind: 'fine', messages };
}

function checkMandatory(parameters: Parameters, names: readonly string[]): Refusal | null {
  const absent = names.find((name) => parameters.text(name) === '');
  return absent === undefined ? null : missing(absent);
}

/** Source: the OutId rows of both pages, fewer than 256 characters. */
function checkOutId(outId: string): Refusal | null {
  return outId.length < 256 ? null : refuseSms('isv.INVALID_PARAMETERS', 'OutId has fewer than 256 characters');
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
}

function notAList(name: string): SmsCheck {
  return refused(refuseSms('isv.INVALID_JSON_PARAM', `${name} is a JSON array`));
}

function tooMany(most: number): SmsCheck {
  return refused(refuseSms('isv.MOBILE_COUNT_OVER_LIMIT', `at most ${most}`));
}

function refused(refusal: Refusal): SmsCheck {
  return { kind: 'refused', refusal };
}
