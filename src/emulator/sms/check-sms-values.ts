/** What the service refuses about the values of a text template. Source: its error code pages and the rules of variables. */
import type { Refusal } from '../refusals.ts';
import { refuseSms } from './refuse-sms.ts';
import { type SmsTemplate, variablesOf } from './sms-templates.ts';

export type SmsParams = Readonly<Record<string, string>>;

export type ParamsCheck =
  | { readonly kind: 'params'; readonly params: SmsParams }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Characters of a value, from and to. Source: the rules of variables; those of codes in verification templates. */
const usualLength = { min: 1, max: 35 };
const codeLength = { min: 4, max: 6 };

const link =
  /https?:\/\/|www\.|\b\d{1,3}(?:\.\d{1,3}){3}\b|[a-z0-9-]+\.(?:com|cn|net|org|io|cc|top|xyz|info|shop)(?![a-z0-9])/i;
const emoji = /\p{Extended_Pictographic}/u;

/** `value` is what stood in the request, parsed; undefined where nothing did. Other keys than variables are let through. */
export function readSmsParams(value: unknown, template: SmsTemplate): ParamsCheck {
  if (value !== undefined && !isTexts(value)) return refused(refuseSms('isv.INVALID_JSON_PARAM'));
  const params = value ?? {};
  for (const name of variablesOf(template)) {
    const refusal = checkValue(name, Object.hasOwn(params, name) ? (params[name] ?? '') : '', template);
    if (refusal !== null) return refused(refusal);
  }
  return { kind: 'params', params };
}

/** The service takes values that are strings only: `{"code":"123456"}`, and not `{"code":123456}`. */
function isTexts(value: unknown): value is SmsParams {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each) => typeof each === 'string');
}

function checkValue(name: string, value: string, template: SmsTemplate): Refusal | null {
  if (value === '') return refuseSms('isv.TEMPLATE_MISSING_PARAMETERS', name);
  if (link.test(value)) return refuseSms('isv.PARAM_NOT_SUPPORT_URL', name);
  if (emoji.test(value)) return refuseSms('isv.UNSUPPORTED_CONTENT', name);
  switch (template.type) {
    case 'verification':
      return checkCode(name, value, Object.hasOwn(template.attributes, name) ? template.attributes[name] : undefined);
    case 'notice':
    case 'promotion':
      return value.length <= usualLength.max ? null : tooLong(name, usualLength.max);
    case 'international':
      return null;
  }
}

function checkCode(name: string, value: string, attribute: string | undefined): Refusal | null {
  if (!/^[a-zA-Z0-9]+$/.test(value)) {
    return refuseSms('isv.INVALID_PARAMETERS', 'params must be [a-zA-Z0-9] for verification sms');
  }
  if (value.length > codeLength.max) return tooLong(name, codeLength.max);
  const isFit = value.length >= codeLength.min && (attribute !== 'numberCaptcha' || /^\d+$/.test(value));
  return isFit ? null : refuseSms('isv.TEMPLATE_PARAMS_ILLEGAL', `${name} is ${attribute}`);
}

function tooLong(name: string, max: number): Refusal {
  return refuseSms('isv.PARAM_LENGTH_LIMIT', `${name} has at most ${max} characters`);
}

function refused(refusal: Refusal): ParamsCheck {
  return { kind: 'refused', refusal };
}
