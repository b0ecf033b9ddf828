/** A draft in the fields of CreateChatappTemplate and ModifyChatappTemplate. Source: their API pages. */
import { parsePhoneDigits } from '../../../domain/parse-phone-digits.ts';
import type { DraftButton, DraftCard, DraftHeader, TemplateDraft } from '../../../domain/template-draft.ts';

type Wire = Readonly<Record<string, unknown>>;

/** The fields that both operations have. Objects are JSON texts of one parameter each. */
export function draftFields(draft: TemplateDraft): Record<string, string> {
  const { category, language, examples, messageSendTtlSeconds, custSpaceId } = draft;
  return {
    Category: category,
    Language: language,
    TemplateType: 'WHATSAPP',
    Components: JSON.stringify(componentsOf(draft)),
    ...(Object.keys(examples).length > 0 && { Example: JSON.stringify(examples) }),
    ...(messageSendTtlSeconds !== null && { MessageSendTtlSeconds: String(messageSendTtlSeconds) }),
    ...(custSpaceId !== null && { CustSpaceId: custSpaceId }),
  };
}

function componentsOf({ header, body, footer, offer, buttons, cards }: TemplateDraft): Wire[] {
  return [
    ...(header === null ? [] : [wireHeader(header)]),
    ...(offer === null ? [] : [{ Type: 'LIMITED_TIME_OFFER', Text: offer.text, HasExpiration: offer.hasExpiration }]),
    // An authentication template names its body even where it asks for nothing in it.
    defined({ Type: 'BODY', Text: body?.text, AddSecretRecommendation: body?.addSecretRecommendation }),
    ...(footer === null
      ? []
      : [defined({ Type: 'FOOTER', Text: footer.text, CodeExpirationMinutes: footer.codeExpirationMinutes })]),
    ...wireButtons(buttons),
    ...(cards.length === 0 ? [] : [{ Type: 'CAROUSEL', Cards: cards.map(wireCard) }]),
  ];
}

function wireHeader(header: DraftHeader): Wire {
  if (header.kind === 'text') return { Type: 'HEADER', Format: 'TEXT', Text: header.text };
  const { format, url, fileName, caption } = header;
  return defined({ Type: 'HEADER', Format: format.toUpperCase(), Url: url, FileName: fileName, Caption: caption });
}

function wireCard({ header, body, buttons }: DraftCard): Wire {
  return {
    CardComponents: [
      ...(header === null ? [] : [wireHeader(header)]),
      ...(body === null ? [] : [{ Type: 'BODY', Text: body }]),
      ...wireButtons(buttons),
    ],
  };
}

function wireButtons(buttons: readonly DraftButton[]): Wire[] {
  return buttons.length === 0 ? [] : [{ Type: 'BUTTONS', Buttons: buttons.map(wireButton) }];
}

function wireButton(button: DraftButton): Wire {
  const { type: Type, text: Text } = button;
  switch (button.type) {
    case 'PHONE_NUMBER': {
      const digits = parsePhoneDigits(button.phoneNumber);
      return { Type, Text, PhoneNumber: digits.kind === 'value' ? `+${digits.value}` : button.phoneNumber };
    }
    case 'URL':
      return { Type, Text, Url: button.url, UrlType: /\$\([^)]+\)/.test(button.url) ? 'dynamic' : 'static' };
    case 'QUICK_REPLY':
      return defined({ Type, Text, IsOptOut: button.isOptOut });
    case 'COPY_CODE':
      return defined({ Type, Text, CouponCode: button.couponCode });
    case 'ONE_TAP':
    case 'ZERO_TAP': {
      const { autofillText, app, supportedApps } = button;
      const apps = supportedApps.map(({ packageName, signatureHash }) => ({
        PackageName: packageName,
        SignatureHash: signatureHash,
      }));
      return {
        Type,
        Text,
        AutofillText: autofillText,
        PackageName: app.packageName,
        SignatureHash: app.signatureHash,
        ...(apps.length > 0 && { SupportedApps: apps }),
      };
    }
    case 'CATALOG':
    case 'MPM':
      return { Type, Text };
    case 'FLOW': {
      const { flowId, flowAction, navigateScreen } = button;
      return defined({ Type, Text, FlowId: flowId, FlowAction: flowAction, NavigateScreen: navigateScreen });
    }
  }
}

/** Without what is null or undefined: the service reads an empty field as a value. */
function defined(fields: Wire): Wire {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
