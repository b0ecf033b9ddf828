/** What is special about a template of Short Message Service, and which values its variables take. */

import { ownValue } from '../own-value.ts';
import type { SmsProblem } from './sms-problem.ts';

/** What a template is filed under; `international` is for every place but mainland China. */
export type SmsTemplateKind = 'verification' | 'notice' | 'promotion' | 'international';

export interface SmsTemplateFacts {
  readonly kind: SmsTemplateKind;
  /** What each variable was declared to hold, by variable, such as `numberCaptcha`; those that were not are absent. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of the signs that the service relates to the template; none where it tells of none. */
  readonly signs: readonly string[];
}

/**
 * What is wrong with the value of a variable; none for nearly every one. An empty value is not judged: that it is missing
 * is told elsewhere.
 */
export function valueProblems(
  name: string,
  value: string,
  { kind, attributes }: Pick<SmsTemplateFacts, 'kind' | 'attributes'>,
): readonly SmsProblem[] {
  if (value === '') return [];
  const problems = [
    linkProblem(name, value),
    emojiProblem(name, value),
    shapeProblem(name, value, ownValue(attributes, name), kind),
  ];
  return problems.filter((problem) => problem !== null);
}

const link = /https?:\/\/|\bwww\./i;

/** A name of a host by its looks. What follows an `@` is part of an e-mail address. */
const host = /(?<![@\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|io|co|cc|top|xyz|vip|shop|link|me|ly)\b/i;

/** Source: isv.PARAM_NOT_SUPPORT_URL. How the service tells a link is not documented, so a bare host is only doubted. */
function linkProblem(name: string, value: string): SmsProblem | null {
  const certain = link.test(value);
  if (!certain && !host.test(value)) return null;
  return {
    code: 'SMS_PARAM_LINK',
    severity: certain ? 'error' : 'warning',
    message: certain
      ? `the variable "${name}" has a link, which the service refuses in a value (isv.PARAM_NOT_SUPPORT_URL)`
      : `the variable "${name}" reads as a link, which the service refuses in a value (isv.PARAM_NOT_SUPPORT_URL)`,
    hint: 'put the link into the template itself, and have it approved',
  };
}

/** Characters that are shown as pictures by themselves, that are made to be (U+FE0F), and keycaps. */
const emoji = /\p{Emoji_Presentation}|\uFE0F|\u20E3/u;

/** Source: isv.UNSUPPORTED_CONTENT. */
function emojiProblem(name: string, value: string): SmsProblem | null {
  if (!emoji.test(value)) return null;
  return {
    code: 'SMS_PARAM_EMOJI',
    severity: 'error',
    message: `the variable "${name}" has an emoji, which the service refuses in a value (isv.UNSUPPORTED_CONTENT)`,
    hint: 'remove it',
  };
}

interface Shape {
  readonly pattern: RegExp;
  /** What the value has to be. */
  readonly words: string;
  readonly example: string;
}

const digitCode: Shape = { pattern: /^\d{4,6}$/, words: 'a code of 4 to 6 digits', example: '123456' };
const letterCode: Shape = {
  pattern: /^[0-9A-Za-z]{4,6}$/,
  words: 'a code of 4 to 6 letters and digits',
  example: '123456',
};

/** Source: "Examples for the TemplateRule & TemplateContent parameters" page. Attributes without a strict form are absent. */
const shapes: ReadonlyMap<string, Shape> = new Map([
  ['numberCaptcha', digitCode],
  ['characterWithNumber', letterCode],
  ['characterWithNumber2', letterCode],
  [
    'phone_number2',
    {
      pattern: /^(?=[\d-]{5,15}$)-*(?:\d-*){5,13}$/,
      words: 'a telephone number of 5 to 13 digits, hyphens allowed, 15 characters at most',
      example: '95187',
    },
  ],
]);

/** `declared` is absent where nothing strict was declared; `shape` then is what is usual. */
function shapeOf(attribute: string | undefined, kind: SmsTemplateKind) {
  const declared = attribute === undefined ? undefined : shapes.get(attribute);
  return { declared, shape: declared ?? (kind === 'verification' && attribute === undefined ? letterCode : undefined) };
}

/** A value that the variable takes, where not every word does; null elsewhere. */
export function exampleValue(name: string, { kind, attributes }: Pick<SmsTemplateFacts, 'kind' | 'attributes'>) {
  return shapeOf(ownValue(attributes, name), kind).shape?.example ?? null;
}

/** Source: isv.PARAM_LENGTH_LIMIT. The longest that pages name for values of notices; older pages say 20. */
const longestValue = 35;

/**
 * What a variable was declared to hold is held against it. Where nothing was declared, or nothing strict, only what is
 * usual for the kind of template can be said, and that only as a doubt: older templates have variables of other kinds.
 */
function shapeProblem(
  name: string,
  value: string,
  attribute: string | undefined,
  kind: SmsTemplateKind,
): SmsProblem | null {
  const { declared, shape } = shapeOf(attribute, kind);
  if (shape !== undefined) {
    if (shape.pattern.test(value)) return null;
    return {
      code: 'SMS_PARAM_SHAPE',
      severity: declared === undefined ? 'warning' : 'error',
      message:
        declared === undefined
          ? `the variable "${name}" of a verification template is usually ${shape.words}`
          : `the variable "${name}" was declared as ${attribute}: it has to be ${shape.words}`,
      hint: `write ${shape.words}`,
    };
  }
  const length = value.length;
  if (kind === 'international' || length <= longestValue) return null;
  return {
    code: 'SMS_PARAM_LENGTH',
    severity: 'warning',
    message: `the variable "${name}" has ${length} characters; the service allows about ${longestValue} in a value`,
    hint: 'shorten the value, or split it over several variables',
  };
}
