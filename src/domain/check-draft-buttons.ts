/** The buttons of a draft: how many of each kind, which beside which, and what each of them needs. */
import { checkDraftText, draftVariables } from './check-draft-text.ts';
import { type DraftPath, type DraftProblem, draftError, draftWarning } from './draft-problem.ts';
import { parsePhoneDigits } from './parse-phone-digits.ts';
import type { DraftButton, DraftButtonType, DraftCategory } from './template-draft.ts';

/** Source: CreateChatappTemplate page, Buttons: ten of them, one that calls, two links; two on a carousel card. */
const most: Readonly<Partial<Record<DraftButtonType, number>>> = { PHONE_NUMBER: 1, URL: 2 };
const mostButtons = 10;
const mostOnCard = 2;

/** Source: Meta's pages on coupon codes, catalogues and flows: one of these, and catalogues alone. */
const mostByMeta: Readonly<Partial<Record<DraftButtonType, number>>> = { COPY_CODE: 1, FLOW: 1 };

/** Source: Meta's template components page, label of every button; the address of a link. */
const longestLabel = 25;
const longestUrl = 2000;

export function checkDraftButtons(buttons: readonly DraftButton[], category: DraftCategory): DraftProblem[] {
  return [
    ...tooMany(buttons, ['buttons'], mostButtons, 'a template'),
    ...(['PHONE_NUMBER', 'URL', 'COPY_CODE', 'FLOW'] as const).flatMap((type) => tooManyOf(type, buttons)),
    ...companyProblems(buttons),
    ...buttons.flatMap((button, index) => [
      ...checkDraftButton(button, ['buttons', index]),
      ...categoryProblems(button, ['buttons', index], category),
    ]),
  ];
}

export function checkCardButtons(buttons: readonly DraftButton[], path: DraftPath): DraftProblem[] {
  const strangers = buttons.flatMap((button, index) =>
    cardTypes.has(button.type)
      ? []
      : [
          draftError(
            [...path, index, 'type'],
            `a card has no ${button.type} button`,
            `use ${[...cardTypes].join(', ')}`,
          ),
        ],
  );
  return [
    ...tooMany(buttons, path, mostOnCard, 'a card'),
    ...strangers,
    ...buttons.flatMap((button, index) => checkDraftButton(button, [...path, index])),
  ];
}

/** Source: the fields that a card's button has on the CreateChatappTemplate page. */
const cardTypes: ReadonlySet<DraftButtonType> = new Set(['QUICK_REPLY', 'URL', 'PHONE_NUMBER']);

function tooMany(buttons: readonly DraftButton[], path: DraftPath, limit: number, owner: string): DraftProblem[] {
  if (buttons.length <= limit) return [];
  const message = `${owner} has at most ${limit} buttons, and this is number ${limit + 1}`;
  return [draftError([...path, limit], message, `remove ${buttons.length - limit} of the ${buttons.length}`)];
}

function tooManyOf(type: DraftButtonType, buttons: readonly DraftButton[]): DraftProblem[] {
  const limit = most[type] ?? mostByMeta[type] ?? mostButtons;
  const places = buttons.flatMap((button, index) => (button.type === type ? [index] : []));
  const extra = places[limit];
  if (extra === undefined) return [];
  const message = `a template has at most ${limit === 1 ? 'one' : 'two'} ${type} button${limit === 1 ? '' : 's'}`;
  return [draftError(['buttons', extra], message, `remove ${places.length - limit} of the ${places.length}`)];
}

/** Source: CreateChatappTemplate page: quick replies not beside a call or a link. Catalogues alone: Meta. */
function companyProblems(buttons: readonly DraftButton[]): DraftProblem[] {
  const other = buttons.find(({ type }) => type === 'PHONE_NUMBER' || type === 'URL');
  const reply = buttons.findIndex(({ type }) => type === 'QUICK_REPLY');
  const mixed =
    other === undefined || reply === -1
      ? []
      : [
          draftError(
            ['buttons', reply],
            `a QUICK_REPLY button stands beside a ${other.type} button`,
            'keep quick replies, or the buttons that call and link',
          ),
        ];
  const lone = buttons.findIndex(({ type }) => type === 'CATALOG' || type === 'MPM');
  if (lone === -1 || buttons.length === 1) return mixed;
  const message = `a ${buttons[lone]?.type} button stands beside others`;
  return [...mixed, draftError(['buttons', lone], message, 'keep it alone')];
}

function checkDraftButton(button: DraftButton, path: DraftPath): DraftProblem[] {
  const label =
    button.text === null
      ? []
      : checkDraftText(button.text, [...path, 'text'], {
          what: 'the label of the button',
          longest: longestLabel,
          variables: 0,
          oneLine: true,
        });
  return [...label, ...ownProblems(button, path)];
}

function ownProblems(button: DraftButton, path: DraftPath): DraftProblem[] {
  switch (button.type) {
    case 'URL':
      return checkUrl(button.url, [...path, 'url']);
    case 'PHONE_NUMBER': {
      const parsed = parsePhoneDigits(button.phoneNumber);
      return parsed.kind === 'value' ? [] : [draftError([...path, 'phoneNumber'], parsed.message, parsed.hint)];
    }
    case 'COPY_CODE':
      return button.couponCode === null ? [] : checkCoupon(button.couponCode, [...path, 'couponCode']);
    case 'FLOW':
      return button.flowAction === 'NAVIGATE' && button.navigateScreen === null
        ? [
            draftError(
              [...path, 'flowAction'],
              'NAVIGATE does not say where to',
              'add navigateScreen: the first screen of the flow',
            ),
          ]
        : [];
    case 'ONE_TAP':
    case 'ZERO_TAP':
      return checkDraftText(button.autofillText, [...path, 'autofillText'], {
        what: 'the autofill text',
        longest: longestLabel,
        variables: 0,
        oneLine: true,
      });
    case 'QUICK_REPLY':
    case 'CATALOG':
    case 'MPM':
      return [];
  }
}

/** Source: Meta's template components page: a link's variable is its end. */
function checkUrl(url: string, path: DraftPath): DraftProblem[] {
  const problems = checkDraftText(url, path, { what: 'the link', longest: longestUrl, variables: 1, oneLine: true });
  const [name] = draftVariables(url);
  if (problems.length > 0 || name === undefined) return problems;
  if (url === `$(${name})`) {
    return [
      draftError(path, 'the link is nothing but a variable', 'write its beginning: https://shop.example.com/$(path)'),
    ];
  }
  return url.endsWith(`$(${name})`)
    ? []
    : [draftError(path, `"$(${name})" stands within the link`, 'put the variable at its end')];
}

/** Source: CreateChatappTemplate page, CouponCode. */
function checkCoupon(code: string, path: DraftPath): DraftProblem[] {
  if (/^[A-Za-z0-9]+$/.test(code)) return [];
  const text = checkDraftText(code, path, { what: 'the coupon code', longest: null, variables: 1, oneLine: true });
  if (text.length > 0 || /^\$\([^)]+\)$/.test(code)) return text;
  const message = `the coupon code "${code}" is neither letters and digits nor one variable`;
  return [draftError(path, message, 'write letters and digits, or $(coupon)')];
}

/** Sources: CreateChatappTemplate page for ONE_TAP and IsOptOut; Meta's pages on coupons and catalogues for the rest. */
function categoryProblems(button: DraftButton, path: DraftPath, category: DraftCategory): DraftProblem[] {
  const typePath = [...path, 'type'];
  switch (button.type) {
    case 'ONE_TAP':
    case 'ZERO_TAP':
      return category === 'AUTHENTICATION'
        ? []
        : [
            draftError(
              typePath,
              `${button.type} belongs to an AUTHENTICATION template`,
              'change the category, or the button',
            ),
          ];
    case 'CATALOG':
    case 'MPM':
      return category === 'UTILITY'
        ? [draftError(typePath, `${button.type} belongs to a MARKETING template`, 'change the category, or the button')]
        : [];
    case 'COPY_CODE':
      if (category === 'AUTHENTICATION') return [];
      if (button.couponCode === null) {
        return [draftError(path, 'the COPY_CODE button has no couponCode', 'add couponCode: WELCOME20, or $(coupon)')];
      }
      return category === 'UTILITY'
        ? [draftWarning(typePath, 'a coupon in a UTILITY template', 'the review takes coupons for MARKETING')]
        : [];
    case 'QUICK_REPLY':
      return button.isOptOut === true && category !== 'MARKETING'
        ? [draftError([...path, 'isOptOut'], `isOptOut has no effect in a ${category} template`, 'remove the line')]
        : [];
    case 'URL':
    case 'PHONE_NUMBER':
    case 'FLOW':
      return [];
  }
}
