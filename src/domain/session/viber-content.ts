/**
 * The contents of Viber messages, by MessageType. What is required: SendChatappMessage page of Chat App Message Service,
 * parameter Content. Texts and kinds of files: its page chatapp/user-guide/viber-message-type. What that page leaves open
 * comes from pages of other Viber providers (docs.routee.net "Viber Message restrictions", docs.viberuzenetek.hu), and
 * their lengths are only warned of.
 */
import { isJsonObject, textAt } from '../json-value.ts';
import { type Check, keyPath, problemAt } from './content-problem.ts';
import { extensionOf, mediaLink, webLink } from './link-checks.ts';
import { mediaFormats } from './media-formats.ts';
import { object } from './shape-checks.ts';
import { all, doubtful, number, oneOf, text } from './value-checks.ts';

const { image, thumbnail, video, document } = mediaFormats.viber;

/** Source of the length: docs.routee.net. */
const longestLink = 1000;

const messageText = text({ longest: 1000 });

/** The label of the button. */
const caption = text({ longest: 30, severity: 'warning' });

/** Bytes, up to 200 MB, and seconds, up to ten minutes. */
const fileSize = number({ least: 1, most: 200 * 1024 * 1024, whole: true, unit: 'bytes' });
const duration = number({ least: 1, most: 600, whole: true, unit: 'seconds' });

const film = { link: mediaLink(video, longestLink), thumbnail: mediaLink(thumbnail, longestLink), fileSize, duration };

const picture = { link: mediaLink(image, longestLink) };

/** A name with another ending than the type would be opened by the wrong application. */
const nameFitsType: Check = (value, path) => {
  const name = textAt(value, 'fileName') ?? '';
  const ending = extensionOf(name);
  const type = document.extensions.find((each) => each === textAt(value, 'fileType')?.toLowerCase());
  if (ending === null || type === undefined || ending === type) return [];
  const complaint = doubtful(`"${name}" is not of the type "${type}"`, 'give both the same ending');
  return [problemAt(keyPath(path, 'fileName'), name, complaint)];
};

/**
 * The SendChatappMessage page says that a button below a video takes no action, since it opens the video; its newest text
 * says that the action must not be empty. So one that is missing is only warned of.
 */
const videoAction: Check = (value, path) => {
  if (!isJsonObject(value) || Object.hasOwn(value, 'action')) return [];
  const complaint = doubtful(
    'has no action',
    'add "action": newer pages of the service ask for the link of the button',
  );
  return [problemAt(path, undefined, complaint)];
};

export const viberContents: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['text', object({ required: { text: messageText } })],
  ['image', object({ required: picture })],
  ['video', object({ required: film })],
  [
    'document',
    all(
      object({
        required: {
          link: mediaLink(document, longestLink),
          fileName: text({ longest: 25, severity: 'warning' }),
          fileType: oneOf(document.extensions, { fold: true }),
        },
      }),
      nameFitsType,
    ),
  ],
  ['text_button', object({ required: { text: messageText, caption, action: webLink } })],
  ['text_image_button', object({ required: { text: messageText, ...picture, caption, action: webLink } })],
  ['text_video', object({ required: { text: messageText, ...film } })],
  [
    'text_video_button',
    all(object({ required: { text: messageText, ...film, caption }, optional: { action: webLink } }), videoAction),
  ],
  ['text_image', object({ required: { text: messageText, ...picture } })],
]);
