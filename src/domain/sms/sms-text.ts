/** The text of a text message: cut at its variables, filled, and signed as its reader sees it. */
import type { SmsContent } from '../message.ts';
import { type Params, renderText } from '../render-message.ts';
import type { TemplateText } from '../template.ts';
import { cutText } from '../template-text.ts';
import type { Destination } from './destination.ts';
import { isGsm7 } from './gsm7.ts';
import type { SmsProblem } from './sms-problem.ts';

/** Short Message Service writes a variable `${name}`, where Chat App Message Service writes `$(name)`. */
const variable = /\$\{([^{}]+)\}/g;

/** Never fails: what does not close is literal text. Joining the pieces gives `raw` back. */
export function parseSmsText(raw: string): TemplateText {
  return cutText(raw, variable);
}

/** A variable without an entry in `params` stays as registered, so that a preview shows the gap. */
export function renderSmsText(text: TemplateText, params: Params): string {
  return renderText(text, params, (name) => `\${${name}}`);
}

/**
 * The whole message. The service puts the sign in front, in 【】, or in [] where the message goes elsewhere and is of GSM-7
 * throughout. Source: "SMS sending rules" page: the signature of pure English messages uses [].
 */
export function signedText(sign: string, text: string, destination: Destination): string {
  const plain = destination === 'elsewhere' && isGsm7(sign) && isGsm7(text);
  return plain ? `[${sign}]${text}` : `【${sign}】${text}`;
}

/** The whole message as its reader sees it. */
export function renderSms(
  body: TemplateText,
  { sign, params }: Pick<SmsContent, 'sign' | 'params'>,
  destination: Destination,
): string {
  return signedText(sign, renderSmsText(body, params), destination);
}

/**
 * The most characters of a message, its sign with brackets included. Source: "SMS sending rules" page. Pages of the
 * international site say 1,500 and 2,000; the smallest is taken, and none was tried.
 */
export const longestSms = 500;

/** What is wrong with the length of a signed text of so many characters, or null. */
export function lengthProblem(characters: number): SmsProblem | null {
  if (characters <= longestSms) return null;
  return {
    code: 'SMS_TOO_LONG',
    severity: 'error',
    message: `the message with its sign has ${characters} characters, and a text message has ${longestSms} at most`,
    hint: `shorten the values by ${characters - longestSms} characters`,
  };
}
