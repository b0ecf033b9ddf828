/**
 * Every rule that the service or the review holds a new template to, as far as they are documented, before anything is
 * asked. Pure: what a problem concerns is told by its path, and where that stands in a file is for others to say.
 */
import { checkAuthentication, checkNotAuthentication } from './check-draft-authentication.ts';
import { checkCardButtons, checkDraftButtons } from './check-draft-buttons.ts';
import { checkExamples } from './check-draft-examples.ts';
import { checkDraftText, variablePlaceWarnings } from './check-draft-text.ts';
import { type DraftPath, type DraftProblem, draftError, draftWarning } from './draft-problem.ts';
import { checkLanguage, nearestLanguage } from './languages.ts';
import { longestPart } from './part-rules.ts';
import type { DraftCard, DraftHeader, TemplateDraft } from './template-draft.ts';

/** Source: Meta's template API, as other providers' pages repeat it. */
const longestName = 512;
/** Source: CreateChatappTemplate page. */
const longestFooter = 60;
/** Source: Meta's page on carousel templates. */
const fewestCards = 2;
const mostCards = 10;

export function checkDraft(draft: TemplateDraft): readonly DraftProblem[] {
  return [
    ...checkName(draft.name),
    ...checkDraftLanguage(draft.language),
    ...(draft.category === 'AUTHENTICATION' ? checkAuthentication(draft) : checkWritten(draft)),
    ...checkDraftButtons(draft.buttons, draft.category),
    ...(draft.category === 'AUTHENTICATION' ? [] : checkExamples(draft)),
  ];
}

function checkName(name: string): DraftProblem[] {
  if (name.length > longestName) {
    return [draftError(['name'], `the name has ${name.length} characters, and may have ${longestName}`, 'shorten it')];
  }
  if (/^[a-z0-9_]+$/.test(name)) return [];
  const better = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const rule = 'use small letters, digits and underscores';
  return [draftError(['name'], `"${name}" is no name for a template`, better === '' ? rule : `${rule}: ${better}`)];
}

export function checkDraftLanguage(language: string): DraftProblem[] {
  switch (checkLanguage(language).kind) {
    case 'known':
      return [];
    case 'possible': {
      const hint = 'WhatsApp has further regional forms; the service may refuse this one';
      return [draftWarning(['language'], `"${language}" is not on the service's list of languages`, hint)];
    }
    case 'unknown': {
      const close = nearestLanguage(language);
      const hint = close === null ? 'write a code such as en, pt_BR or zh_CN' : `did you mean "${close}"?`;
      return [draftError(['language'], `no language "${language}"`, hint)];
    }
  }
}

/** Templates whose words are their author's. */
function checkWritten(draft: TemplateDraft): DraftProblem[] {
  const { header, footer, cards } = draft;
  return [
    ...checkBody(draft),
    ...(header === null ? [] : checkHeader(header, ['header'])),
    ...(footer === null || footer.text === null
      ? []
      : checkDraftText(footer.text, ['footer'], {
          what: 'the footer',
          longest: longestFooter,
          variables: 0,
          oneLine: true,
        })),
    ...checkOffer(draft),
    ...checkCards(cards),
    ...checkNotAuthentication(draft),
  ];
}

function checkBody(draft: TemplateDraft): DraftProblem[] {
  const text = draft.body?.text ?? null;
  if (text === null) return [draftError(['body'], 'the template has no body', 'add body: …')];
  const longest = longestPart('body', {
    sms: null,
    offer: draft.offer === null ? null : { text: noText, expirationTimeMs: null },
  });
  return [
    ...checkDraftText(text, ['body'], { what: 'the body', longest, variables: 'any', oneLine: false }),
    ...variablePlaceWarnings(text, ['body']),
  ];
}

const noText = { raw: '', pieces: [] } as const;

function checkHeader(header: DraftHeader, path: DraftPath): DraftProblem[] {
  if (header.kind === 'text') {
    return checkDraftText(header.text, path, { what: 'the header', longest: 60, variables: 1, oneLine: true });
  }
  const fileName =
    header.fileName !== null && header.format !== 'document'
      ? [
          draftError(
            [...path, 'fileName'],
            `fileName belongs to a document, and this is ${header.format}`,
            'remove the line',
          ),
        ]
      : [];
  const url = checkDraftText(header.url, [...path, 'url'], {
    what: 'the media link',
    longest: null,
    variables: 1,
    oneLine: true,
  });
  return [...url, ...fileName];
}

/** Sources: the service's page on template design; Meta's page on limited-time offers for the length. */
function checkOffer({ offer, category, footer, buttons }: TemplateDraft): DraftProblem[] {
  if (offer === null) return [];
  const text = checkDraftText(offer.text, ['offer'], { what: 'the offer', longest: 16, variables: 0, oneLine: true });
  const marketing =
    category === 'MARKETING'
      ? []
      : [
          draftError(
            ['offer'],
            `an offer belongs to a MARKETING template, and this is ${category}`,
            'change the category',
          ),
        ];
  const noFooter =
    footer === null ? [] : [draftError(['footer'], 'a template with an offer has no footer', 'remove one of the two')];
  const coupon = buttons.findIndex(({ type }) => type === 'COPY_CODE');
  const url = buttons.findIndex(({ type }) => type === 'URL');
  if (coupon > 0) {
    const hint = 'put it first';
    return [
      ...text,
      ...marketing,
      ...noFooter,
      draftError(['buttons', coupon], 'the coupon of an offer stands below another button', hint),
    ];
  }
  if (coupon === -1 && url !== 0) {
    const problem = draftError(
      ['buttons'],
      'an offer begins with a coupon or a link',
      'add a URL button, as the first',
    );
    return [...text, ...marketing, ...noFooter, problem];
  }
  return [...text, ...marketing, ...noFooter];
}

function checkCards(cards: readonly DraftCard[]): DraftProblem[] {
  if (cards.length === 0) return [];
  const count =
    cards.length < fewestCards || cards.length > mostCards
      ? [
          draftError(
            ['cards'],
            `a carousel has ${fewestCards} to ${mostCards} cards, and this has ${cards.length}`,
            'add or remove some',
          ),
        ]
      : [];
  return [...count, ...cards.flatMap((card, index) => checkCard(card, index, cards[0]))];
}

/** All cards are alike: the same medium and the same buttons in the same order. Source: Meta's page on carousels. */
function checkCard(card: DraftCard, index: number, first: DraftCard | undefined): DraftProblem[] {
  const path = ['cards', index];
  const { header, body, buttons } = card;
  const media = header?.kind === 'media' ? header.format : null;
  const firstMedia = first?.header?.kind === 'media' ? first.header.format : null;
  const shape = (of: DraftCard | undefined) => (of?.buttons ?? []).map(({ type }) => type).join(', ');
  return [
    ...(media === 'image' || media === 'video'
      ? []
      : [
          draftError(
            [...path, 'header'],
            'a card begins with an image or a video',
            'add header: { format: image, url: … }',
          ),
        ]),
    ...(media !== null && firstMedia !== null && media !== firstMedia
      ? [
          draftError(
            [...path, 'header', 'format'],
            `card ${index + 1} begins with ${media}, and card 1 with ${firstMedia}`,
            'use one format for all',
          ),
        ]
      : []),
    ...(header === null ? [] : checkHeader(header, [...path, 'header'])),
    ...(body === null
      ? []
      : checkDraftText(body, [...path, 'body'], {
          what: 'the body of the card',
          longest: 160,
          variables: 'any',
          oneLine: false,
        })),
    ...checkCardButtons(buttons, [...path, 'buttons']),
    ...(shape(card) === shape(first)
      ? []
      : [
          draftError(
            [...path, 'buttons'],
            `card ${index + 1} has other buttons than card 1`,
            `give every card: ${shape(first) || 'none'}`,
          ),
        ]),
  ];
}
