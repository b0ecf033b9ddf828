/**
 * Every message type of every channel, with what its Content must and must not have. Sources: the MessageType and Content rows
 * of the SendChatappMessage page, and "Message template parameters" for the forms of values. Where the page names no keys, what
 * stands here is marked as inferred.
 */
import type { ChannelType } from './channels.ts';

/** What a value must be. `text` and `number` take what a text field of a form could hold; `emoji` may be empty, which takes a reaction back. */
export type ContentForm = 'text' | 'emoji' | 'link' | 'number' | 'longitude' | 'latitude' | 'object' | 'name';

export interface MessageRule {
  /** Keys that must be there, by the form of their values. */
  readonly required: Readonly<Record<string, ContentForm>>;
  /** Keys that must not be there. */
  readonly refused: readonly string[];
  /** `list`: the content may be a list of such objects. */
  readonly form: 'object' | 'list';
  /** True where only a group can get it. */
  readonly groupsOnly: boolean;
}

function rule(required: MessageRule['required'] = {}, rest: Partial<MessageRule> = {}): MessageRule {
  return { required, refused: [], form: 'object', groupsOnly: false, ...rest };
}

const text = rule({ text: 'text' });
const media = rule({ link: 'link' });
const video = { link: 'link', thumbnail: 'link', fileSize: 'number', duration: 'number' } as const;

/** The page has one list for both; it names no keys for the last five, and none for a document on Instagram. */
const metaChannels: Readonly<Record<string, MessageRule>> = {
  text,
  image: media,
  video: media,
  audio: media,
  document: media,
  interactive: rule(),
  couponTemplate: rule(),
  regularTemplate: rule(),
  quickReply: rule(),
  buttonTemplate: rule(),
};

const rules: Readonly<Record<ChannelType, Readonly<Record<string, MessageRule>>>> = {
  whatsapp: {
    text: rule({ text: 'text' }, { refused: ['caption'] }),
    image: media,
    video: media,
    audio: rule({ link: 'link' }, { refused: ['caption'] }),
    document: rule({ link: 'link', fileName: 'text' }, { refused: ['caption'] }),
    sticker: rule({ link: 'link' }, { refused: ['caption', 'fileName'] }),
    interactive: rule({ type: 'text', action: 'object' }),
    contacts: rule({ name: 'name' }, { form: 'list' }),
    location: rule({ longitude: 'longitude', latitude: 'latitude' }),
    reaction: rule({ messageId: 'text', emoji: 'emoji' }),
    // The page names no keys for these three.
    typing_indicator: rule(),
    pin: rule({}, { groupsOnly: true }),
    carousel: rule(),
  },
  viber: {
    text,
    image: media,
    video: rule(video),
    document: rule({ link: 'link', fileName: 'text', fileType: 'text' }),
    text_button: rule({ text: 'text', caption: 'text', action: 'text' }),
    text_image_button: rule({ text: 'text', link: 'link', caption: 'text', action: 'text' }),
    text_video: rule({ text: 'text', ...video }),
    // One edition of the page has no action here and another wants it: taken either way.
    text_video_button: rule({ text: 'text', ...video, caption: 'text' }),
    // Inferred from text_image_button.
    text_image: rule({ text: 'text', link: 'link' }),
  },
  messenger: metaChannels,
  instagram: metaChannels,
};

/** Null where the channel has no such type. */
export function messageRule(channel: ChannelType, messageType: string): MessageRule | null {
  return Object.hasOwn(rules[channel], messageType) ? (rules[channel][messageType] ?? null) : null;
}

export function messageTypesOf(channel: ChannelType): readonly string[] {
  return Object.keys(rules[channel]);
}
