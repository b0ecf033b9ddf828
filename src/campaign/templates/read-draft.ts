/** One language of a template file as a draft. Only the form is judged here: what the service allows is `checkDraft`'s. */
import { codeExpirationMinutes, messageSendTtlSeconds } from '../../domain/check-draft-authentication.ts';
import { parseWholeNumber } from '../../domain/parse-whole-number.ts';
import type { MediaFormat } from '../../domain/template.ts';
import {
  type DraftApp,
  type DraftBody,
  type DraftButton,
  type DraftButtonType,
  type DraftCard,
  type DraftFooter,
  type DraftHeader,
  type DraftOffer,
  draftCategories,
  type TemplateDraft,
} from '../../domain/template-draft.ts';
import type { FieldGroup } from './field-group.ts';

/** `file` has the fields of one language, those that all languages share among them. Mistakes go to its sink. */
export function readDraft(file: FieldGroup, language: string): TemplateDraft {
  const draft: TemplateDraft = {
    name: file.requiredText('name', 'order_shipped'),
    category: readCategory(file),
    language,
    header: readHeader(file),
    body: readBody(file),
    footer: readFooter(file),
    offer: readOffer(file),
    buttons: file.groups('buttons').flatMap((button) => readButton(button) ?? []),
    cards: file.groups('cards').map(readCard),
    examples: readExamples(file),
    allowCategoryChange: file.flag('allowCategoryChange'),
    messageSendTtlSeconds: file.parsed('messageSendTtlSeconds', (text) =>
      parseWholeNumber(text, messageSendTtlSeconds.least, messageSendTtlSeconds.most),
    ),
    custSpaceId: file.text('custSpaceId'),
  };
  return draft;
}

function readCategory(file: FieldGroup): TemplateDraft['category'] {
  if (!file.has('category')) {
    file.mistake(null, '"category" is missing', `add category: ${draftCategories.join(', ')}`);
  }
  return file.word('category', draftCategories) ?? 'UTILITY';
}

const formats = ['text', 'image', 'video', 'document'] as const satisfies readonly (MediaFormat | 'text')[];

function readHeader(owner: FieldGroup): DraftHeader | null {
  const header = owner.textOrGroup('header');
  if (header === null) return null;
  if (typeof header === 'string') return { kind: 'text', text: header };
  const format = header.word('format', formats) ?? 'text';
  const result: DraftHeader =
    format === 'text'
      ? { kind: 'text', text: header.requiredText('text', 'Order $(order)') }
      : {
          kind: 'media',
          format,
          url: header.requiredText('url', 'https://shop.example.com/media/spring.jpg, or $(image)'),
          fileName: header.text('fileName'),
          caption: header.text('caption'),
        };
  header.end(`a header of format ${format}`);
  return result;
}

function readBody(file: FieldGroup): DraftBody | null {
  const body = file.textOrGroup('body');
  if (body === null) return null;
  if (typeof body === 'string') return { text: body, addSecretRecommendation: null };
  const result = { text: body.text('text'), addSecretRecommendation: body.flag('addSecretRecommendation') };
  body.end('the body');
  return result;
}

function readFooter(file: FieldGroup): DraftFooter | null {
  const footer = file.textOrGroup('footer');
  if (footer === null) return null;
  if (typeof footer === 'string') return { text: footer, codeExpirationMinutes: null };
  const result = {
    text: footer.text('text'),
    codeExpirationMinutes: footer.parsed('codeExpirationMinutes', (text) =>
      parseWholeNumber(text, codeExpirationMinutes.least, codeExpirationMinutes.most),
    ),
  };
  footer.end('the footer');
  return result;
}

function readOffer(file: FieldGroup): DraftOffer | null {
  const offer = file.textOrGroup('offer');
  if (offer === null) return null;
  if (typeof offer === 'string') return { text: offer, hasExpiration: false };
  const result = {
    text: offer.requiredText('text', 'Ends soon'),
    hasExpiration: offer.flag('hasExpiration') ?? false,
  };
  offer.end('the offer');
  return result;
}

function readCard(card: FieldGroup): DraftCard {
  const result = {
    header: readHeader(card),
    body: card.text('body'),
    buttons: card.groups('buttons').flatMap((button) => readButton(button) ?? []),
  };
  card.end('a card');
  return result;
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
] as const satisfies readonly DraftButtonType[];

function readButton(button: FieldGroup): DraftButton | null {
  if (!button.has('type')) {
    button.mistake(null, 'the button has no type', `add type: ${buttonTypes.join(', ')}`);
    return null;
  }
  const type = button.word('type', buttonTypes);
  if (type === null) return null;
  const result = readButtonOf(type, button);
  button.end(`a ${type} button`);
  return result;
}

function readButtonOf(type: DraftButtonType, button: FieldGroup): DraftButton {
  switch (type) {
    case 'PHONE_NUMBER':
      return {
        type,
        text: button.requiredText('text', 'Call us'),
        phoneNumber: button.requiredText('phoneNumber', '"+12025550123"'),
      };
    case 'URL':
      return {
        type,
        text: button.requiredText('text', 'Shop now'),
        url: button.requiredText('url', 'https://shop.example.com/$(path)'),
      };
    case 'QUICK_REPLY':
      return { type, text: button.requiredText('text', 'Stop'), isOptOut: button.flag('isOptOut') };
    case 'COPY_CODE':
      return { type, text: button.text('text'), couponCode: button.text('couponCode') };
    case 'ONE_TAP':
    case 'ZERO_TAP':
      return {
        type,
        text: button.requiredText('text', 'Copy code'),
        autofillText: button.requiredText('autofillText', 'Autofill'),
        app: readApp(button),
        supportedApps: button.groups('supportedApps').map((app) => {
          const result = readApp(app);
          app.end('an app');
          return result;
        }),
      };
    case 'CATALOG':
      return { type, text: button.requiredText('text', 'View catalogue') };
    case 'MPM':
      return { type, text: button.requiredText('text', 'View items') };
    case 'FLOW':
      return {
        type,
        text: button.requiredText('text', 'Book a table'),
        flowId: button.requiredText('flowId', '"479884093605183"'),
        flowAction: button.word('flowAction', ['NAVIGATE', 'DATA_EXCHANGE']),
        navigateScreen: button.text('navigateScreen'),
      };
  }
}

function readApp(group: FieldGroup): DraftApp {
  return {
    packageName: group.requiredText('packageName', 'com.example.shop'),
    signatureHash: group.requiredText('signatureHash', 'K8a/AINcGX7'),
  };
}

function readExamples(file: FieldGroup): Readonly<Record<string, string>> {
  const examples = file.group('examples');
  if (examples === null) return {};
  return Object.fromEntries(examples.names().map((name) => [name, examples.text(name) ?? '']));
}
