/** What sets an authentication template apart: the service writes its words, and one button takes the code along. */
import { type DraftProblem, draftError } from './draft-problem.ts';
import type { DraftButton, TemplateDraft } from './template-draft.ts';

/** Minutes that a code may be said to be good for. Source: Meta's reference of message templates. */
export const codeExpirationMinutes = { least: 1, most: 90 } as const;

/** Seconds in which an authentication message is tried. Source: Meta's page on time to live. */
export const messageSendTtlSeconds = { least: 30, most: 900 } as const;

/** Source: CreateChatappTemplate page, notes on Category AUTHENTICATION. */
export function checkAuthentication(draft: TemplateDraft): DraftProblem[] {
  const { header, body, footer, offer, cards } = draft;
  const hint = 'remove it: the service writes the text of an AUTHENTICATION template';
  const absent = (path: string, what: string) => draftError([path], `an AUTHENTICATION template has no ${what}`, hint);
  return [
    ...(header === null ? [] : [absent('header', 'header')]),
    ...(offer === null ? [] : [absent('offer', 'offer')]),
    ...(cards.length === 0 ? [] : [absent('cards', 'cards')]),
    ...(body === null || body.text === null ? [] : [absent('body', 'body text of its own')]),
    ...(footer === null || footer.text === null ? [] : [absent('footer', 'footer text of its own')]),
    ...checkButton(draft.buttons),
  ];
}

function checkButton(buttons: readonly DraftButton[]): DraftProblem[] {
  const hint = 'keep one of type COPY_CODE, ONE_TAP or ZERO_TAP';
  const [button, second] = buttons;
  if (button === undefined) return [draftError(['buttons'], 'an AUTHENTICATION template needs a button', hint)];
  if (second !== undefined) return [draftError(['buttons', 1], 'an AUTHENTICATION template has one button', hint)];
  switch (button.type) {
    case 'COPY_CODE':
      return [
        ...(button.text === null
          ? [draftError(['buttons', 0], 'the COPY_CODE button has no text', 'add text: Copy code')]
          : []),
        ...(button.couponCode === null
          ? []
          : [draftError(['buttons', 0, 'couponCode'], 'the button copies the code of the message', 'remove the line')]),
      ];
    case 'ONE_TAP':
    case 'ZERO_TAP':
      return [];
    default:
      return [draftError(['buttons', 0, 'type'], `an AUTHENTICATION template has no ${button.type} button`, hint)];
  }
}

/** Fields that mean something in an authentication template only. */
export function checkNotAuthentication(draft: TemplateDraft): DraftProblem[] {
  const { body, footer, category } = draft;
  const only = (path: readonly string[]) =>
    draftError(
      path,
      `${path.at(-1)} belongs to an AUTHENTICATION template, and this is ${category}`,
      'remove the line',
    );
  return [
    ...(body === null || body.addSecretRecommendation === null ? [] : [only(['body', 'addSecretRecommendation'])]),
    ...(footer === null || footer.codeExpirationMinutes === null ? [] : [only(['footer', 'codeExpirationMinutes'])]),
    ...(draft.messageSendTtlSeconds === null ? [] : [only(['messageSendTtlSeconds'])]),
  ];
}
