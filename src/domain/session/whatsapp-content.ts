/**
 * The contents of WhatsApp messages, by MessageType. What is required and what is refused: SendChatappMessage page of Chat
 * App Message Service, parameter Content. What the keys hold: its page "Message template parameters" and, where that is
 * silent, Meta's pages below developers.facebook.com/documentation/business-messaging/whatsapp/messages/.
 */
import { memberOf } from '../json-value.ts';
import { type Check, problemAt } from './content-problem.ts';
import { extensionOf, mediaLink } from './link-checks.ts';
import { mediaFormats } from './media-formats.ts';
import { isEmpty, object } from './shape-checks.ts';
import { all, doubtful, fixed, flag, invalid, number, oneOf, text } from './value-checks.ts';
import { whatsappCarousel } from './whatsapp-carousel.ts';
import { whatsappContact } from './whatsapp-contact.ts';
import { whatsappInteractive } from './whatsapp-interactive.ts';

const { image, video, audio, document, sticker } = mediaFormats.whatsapp;

/** Source: Meta's pages image-messages and video-messages, MEDIA_CAPTION_TEXT. */
const caption = text({ longest: 1024 });

const notTaken = 'is not taken with this type of message';

/** Source: Meta's page document-messages: the application chooses the icon of the file by this ending. */
const fileName = text({
  form: (name) =>
    extensionOf(name) === null
      ? doubtful(`"${name}" has no ending`, 'add one, such as .pdf: it chooses the icon')
      : null,
});

/** The list of Unicode takes 20 ms to compile, which no command without a reaction should pay. */
let emoji: RegExp | undefined;

/** An emoji as Unicode lists them, or the plain sign that becomes one: `❤` is `❤️` without its mark. */
function isEmoji(sign: string): boolean {
  emoji ??= /^\p{RGI_Emoji}$/v;
  return emoji.test(sign) || emoji.test(`${sign}\uFE0F`);
}

const reactionEmoji = text({
  form: (sign) => (isEmoji(sign) ? null : invalid(`"${sign}" is not one emoji`, 'give a single emoji, such as 👍')),
});

/** Source: Message template parameters page, Location: the address is shown only beside a name. */
const addressNeedsName: Check = (value, path) => {
  const name = memberOf(value, 'name');
  const address = memberOf(value, 'address');
  if (address === undefined || isEmpty(address) || (name !== undefined && !isEmpty(name))) return [];
  return [
    problemAt(path, address, doubtful('has an address and no name', 'add "name": without it no address is shown')),
  ];
};

/** The id of a message, under the name of the service or of Meta. No page of the service tells these contents. */
const messageIds = { messageId: text(), message_id: text() };

/** Source: providers that hand on Meta's groups (docs.doubletick.io, docs.buildwithchirp.com): 1 to 30 days. */
const expirationDays = number({ least: 1, most: 30, whole: true, unit: 'days' });

const typed = fixed('text');

const pin = object({
  optional: { ...messageIds, type: oneOf(['pin', 'unpin']), expirationDays, expiration_days: expirationDays },
});

const pinNamesMessage: Check = (value, path) => {
  const named = Object.keys(messageIds).some((key) => memberOf(value, key) !== undefined);
  return named ? [] : [problemAt(path, undefined, doubtful('names no message', 'add "messageId": the message to pin'))];
};

export const whatsappContents: ReadonlyMap<string, Check> = new Map<string, Check>([
  [
    'text',
    // Source: Meta's page text-messages, body.
    object({
      required: { text: text({ longest: 4096 }) },
      optional: { preview_url: flag },
      refused: { caption: notTaken },
    }),
  ],
  ['image', object({ required: { link: mediaLink(image) }, optional: { caption } })],
  ['video', object({ required: { link: mediaLink(video) }, optional: { caption } })],
  ['audio', object({ required: { link: mediaLink(audio) }, refused: { caption: notTaken } })],
  ['document', object({ required: { link: mediaLink(document), fileName }, refused: { caption: notTaken } })],
  ['sticker', object({ required: { link: mediaLink(sticker) }, refused: { caption: notTaken, fileName: notTaken } })],
  ['interactive', whatsappInteractive],
  ['contacts', whatsappContact],
  [
    'location',
    all(
      object({
        required: {
          longitude: number({ least: -180, most: 180, whole: false, unit: 'degrees' }),
          latitude: number({ least: -90, most: 90, whole: false, unit: 'degrees' }),
        },
        optional: { name: text(), address: text() },
      }),
      addressNeedsName,
    ),
  ],
  ['reaction', object({ required: { messageId: text(), emoji: reactionEmoji } })],
  [
    'typing_indicator',
    // Source: Meta's page typing-indicators: the message that was read, and what is being typed.
    object({
      optional: {
        ...messageIds,
        status: fixed('read'),
        type: typed,
        typing_indicator: object({ required: { type: typed } }),
      },
    }),
  ],
  ['pin', all(pin, pinNamesMessage)],
  ['carousel', whatsappCarousel({ typed: false })],
]);
