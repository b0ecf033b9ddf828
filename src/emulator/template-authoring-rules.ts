/**
 * What CreateChatappTemplate refuses in the components of a template. Sources: its API page and the error code page of
 * the service; where those name no code of their own for a rule, it is `InvalidParameter.CreateError`.
 */
import { z } from 'zod';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';
import { describeIssue, firstIssue } from './schema-issue.ts';
import { variablesIn } from './template-store.ts';
import { type WireComponent, type WireTemplate, wireTemplateSchema } from './wire-template.ts';

type Components = WireTemplate['Components'];
type Button = NonNullable<WireComponent['Buttons']>[number];

export type Judged<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function readComponents(value: unknown): Judged<Components> {
  if (value === undefined) return refused('MissingComponents');
  if (!Array.isArray(value) || value.length === 0)
    return refused('InvalidParameter.CreateError', 'Components is no list.');
  if (value.some((component) => !hasType.safeParse(component).success)) return refused('MissingType');
  const components = wireTemplateSchema.shape.Components.safeParse(value.map(withSmallH));
  if (components.success) return { kind: 'read', value: components.data };
  return refused('InvalidParameter.CreateError', `Components: ${describeIssue(firstIssue(components.error))}.`);
}

const hasType = z.looseObject({ Type: z.string().min(1) });

/** Callers write HasExpiration; the detail of a template answers hasExpiration. */
function withSmallH(component: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { HasExpiration, ...rest } = component;
  return HasExpiration === undefined ? rest : { ...rest, hasExpiration: HasExpiration };
}

/** The components as the service keeps them: it writes the text of an authentication template itself. */
export function judgeComponents(
  components: Components,
  category: WireTemplate['Category'],
  example: WireTemplate['Example'],
): Judged<Components> {
  const refusal =
    judgeTexts(components) ??
    judgeButtons(components.flatMap(({ Buttons = [] }) => Buttons)) ??
    judgeCards(components) ??
    (category === 'AUTHENTICATION' ? judgeAuthentication(components) : judgeBody(components)) ??
    judgeExample(components, example);
  if (refusal !== null) return { kind: 'refused', refusal };
  return { kind: 'read', value: category === 'AUTHENTICATION' ? withPresetTexts(components) : components };
}

const types = ['BODY', 'HEADER', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER'];
const longest: Readonly<Record<string, number>> = { BODY: 1024, HEADER: 60, FOOTER: 60 };

function judgeTexts(components: Components): Refusal | null {
  for (const component of components) {
    const { Type, Format, Text = '', Url = '' } = component;
    if (!types.includes(Type)) return refuse('InvalidParameter.CreateError', `There is no component ${Type}.`);
    if (components.filter((other) => other.Type === Type).length > 1) {
      return refuse('InvalidParameter.CreateError', `There are several ${Type} components.`);
    }
    if (/\{\{\d+\}\}/.test(Text)) return refuse('InvalidParameter.MessageInvalid');
    if ([...Text].length > (longest[Type] ?? Number.POSITIVE_INFINITY)) {
      return refuse('InvalidParameter.CreateError', `${Type} has at most ${longest[Type]} characters.`);
    }
    if (Type === 'FOOTER' && variablesIn(Text).size > 0) return refuse('InvalidParameter.FooterHaveVariable');
    if (Type !== 'HEADER') continue;
    if (variablesIn(Text).size + variablesIn(Url).size > 1) return refuse('InvalidParameter.HeaderMoreVarable');
    if (!['TEXT', 'IMAGE', 'DOCUMENT', 'VIDEO'].includes(Format ?? '')) {
      return refuse('InvalidParameter.HeaderTypeNotSupport');
    }
  }
  return null;
}

const buttonTypes = [
  'PHONE_NUMBER',
  'URL',
  'QUICK_REPLY',
  'COPY_CODE',
  'ONE_TAP',
  'ZERO_TAP',
  'CATALOG',
  'MPM',
  'FLOW',
];

function judgeButtons(buttons: readonly Button[]): Refusal | null {
  const count = (type: string) => buttons.filter(({ Type }) => Type === type).length;
  const wrong = (detail: string) => refuse('InvalidParameter.CreateError', detail);
  if (buttons.length > 10) return wrong('There are at most 10 buttons.');
  if (count('PHONE_NUMBER') > 1) return wrong('There is at most one PHONE_NUMBER button.');
  if (count('URL') > 2) return wrong('There are at most two URL buttons.');
  if (count('QUICK_REPLY') > 0 && count('PHONE_NUMBER') + count('URL') > 0) {
    return wrong('QUICK_REPLY does not stand beside PHONE_NUMBER or URL.');
  }
  return firstOf(buttons, judgeButton);
}

function judgeButton(button: Button): Refusal | null {
  const { Type, Text = '', Url = '', PhoneNumber = '', CouponCode } = button;
  const wrong = (detail: string) => refuse('InvalidParameter.CreateError', detail);
  if (!buttonTypes.includes(Type)) return wrong(`There is no button ${Type}.`);
  if (variablesIn(Text).size > 0) return refuse('InvalidParameter.ButtonTextHaveVariable');
  if (variablesIn(Url).size > 1) return refuse('InvalidParameter.UrlMoreVarable');
  if (Type === 'URL' && Url === '') return wrong('A URL button has a Url.');
  if (Type === 'PHONE_NUMBER' && !/^\+?[1-9]\d{6,14}$/.test(PhoneNumber)) {
    return refuse('InvalidParameter.PhoneNumberError');
  }
  if (CouponCode !== undefined && !/^([A-Za-z0-9]+|\$\([^()\s]+\))$/.test(CouponCode)) {
    return wrong('CouponCode is letters and digits or one variable.');
  }
  if (button['FlowAction'] === 'NAVIGATE' && !button['NavigateScreen']) return wrong('NAVIGATE needs NavigateScreen.');
  return null;
}

function judgeCards(components: Components): Refusal | null {
  const cards = components.flatMap(({ Cards = [] }) => Cards);
  return firstOf(cards, ({ CardComponents }) => {
    const buttons = CardComponents.flatMap(({ Buttons = [] }) => Buttons);
    if (buttons.length > 2) return refuse('InvalidParameter.CreateError', 'A card has at most two buttons.');
    return firstOf(buttons, judgeButton);
  });
}

function judgeBody(components: Components): Refusal | null {
  const body = components.find(({ Type }) => Type === 'BODY');
  return body?.Text ? null : refuse('InvalidParameter.CreateError', 'BODY has a Text.');
}

function judgeAuthentication(components: Components): Refusal | null {
  const wrong = (detail: string) => refuse('InvalidParameter.CreateError', `AUTHENTICATION: ${detail}`);
  if (components.some(({ Type }) => Type === 'HEADER')) return wrong('there is no HEADER.');
  if (components.some(({ Type, Text }) => (Type === 'BODY' || Type === 'FOOTER') && Text)) {
    return wrong('Text of BODY and FOOTER is empty.');
  }
  const [button, ...others] = components.flatMap(({ Buttons = [] }) => Buttons);
  if (button === undefined || others.length > 0 || !['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'].includes(button.Type)) {
    return wrong('there is one button, COPY_CODE, ONE_TAP or ZERO_TAP.');
  }
  const needed = button.Type === 'COPY_CODE' ? ['Text'] : ['Text', 'SignatureHash', 'PackageName', 'AutofillText'];
  const missing = needed.filter((field) => !button[field]);
  return missing.length === 0 ? null : wrong(`${button.Type} needs ${missing.join(', ')}.`);
}

/** Every variable has an example: the review reads the template with them. */
function judgeExample(components: Components, example: WireTemplate['Example']): Refusal | null {
  const missing = [...variablesIn(components)].filter((name) => !Object.hasOwn(example, name) || !example[name]);
  return missing.length === 0 ? null : refuse('InvalidParameter.CreateError', `Example lacks ${missing.join(', ')}.`);
}

function withPresetTexts(components: Components): Components {
  return components.map((component) => {
    if (component.Type !== 'BODY') return component;
    const warning = component['AddSecretRecommendation'] === true ? ' For your security, do not share this code.' : '';
    return { ...component, Text: `$(code) is your verification code.${warning}` };
  });
}

function firstOf<T>(items: readonly T[], judge: (item: T) => Refusal | null): Refusal | null {
  for (const item of items) {
    const refusal = judge(item);
    if (refusal !== null) return refusal;
  }
  return null;
}

function refused(code: RefusalCode, detail?: string): { kind: 'refused'; refusal: Refusal } {
  return { kind: 'refused', refusal: refuse(code, detail) };
}
