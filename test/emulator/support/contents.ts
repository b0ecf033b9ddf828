/** A content for every message type of every channel, written from the service's pages and not from the emulator's table. */
type Content = Readonly<Record<string, unknown>>;

export interface TypedContent {
  readonly channel: string;
  readonly messageType: string;
  readonly content: Content | readonly Content[];
  /** Without any of these it is refused. */
  readonly required: readonly string[];
  /** With any of these it is refused. */
  readonly refused?: readonly string[];
  /** Further parameters that it needs. */
  readonly more?: Readonly<Record<string, string>>;
}

const link = 'https://shop.example.com/media/1';
const thumbnail = 'https://shop.example.com/media/1.jpg';
const video = { link, thumbnail, fileSize: 12, duration: 30 };
const videoKeys = ['link', 'thumbnail', 'fileSize', 'duration'];
const action = 'https://shop.example.com/';

const whatsapp: readonly Omit<TypedContent, 'channel'>[] = [
  { messageType: 'text', content: { text: 'hello' }, required: ['text'], refused: ['caption'] },
  { messageType: 'image', content: { link, caption: 'a hat' }, required: ['link'] },
  { messageType: 'video', content: { link, caption: 'a hat' }, required: ['link'] },
  { messageType: 'audio', content: { link }, required: ['link'], refused: ['caption'] },
  {
    messageType: 'document',
    content: { link, fileName: 'a.pdf' },
    required: ['link', 'fileName'],
    refused: ['caption'],
  },
  { messageType: 'sticker', content: { link }, required: ['link'], refused: ['caption', 'fileName'] },
  {
    messageType: 'interactive',
    content: { type: 'button', body: { text: 'Yes?' }, action: { buttons: [] } },
    required: ['type', 'action'],
  },
  { messageType: 'contacts', content: { name: { formatted_name: 'Ann' } }, required: ['name'] },
  { messageType: 'location', content: { longitude: '-73.9', latitude: 40.7 }, required: ['longitude', 'latitude'] },
  { messageType: 'reaction', content: { messageId: 'm-1', emoji: '👍' }, required: ['messageId', 'emoji'] },
  { messageType: 'typing_indicator', content: { messageId: 'm-1' }, required: [] },
  {
    messageType: 'pin',
    content: { messageId: 'm-1' },
    required: [],
    more: { RecipientType: 'group', To: 'Y2FwaV9ncm91cDo=' },
  },
  { messageType: 'carousel', content: { cards: [] }, required: [] },
];

const viber: readonly Omit<TypedContent, 'channel'>[] = [
  { messageType: 'text', content: { text: 'hello' }, required: ['text'] },
  { messageType: 'image', content: { link }, required: ['link'] },
  { messageType: 'video', content: video, required: videoKeys },
  {
    messageType: 'document',
    content: { link, fileName: 'a.pdf', fileType: 'pdf' },
    required: ['link', 'fileName', 'fileType'],
  },
  {
    messageType: 'text_button',
    content: { text: 'hello', caption: 'Shop', action },
    required: ['text', 'caption', 'action'],
  },
  {
    messageType: 'text_image_button',
    content: { text: 'hello', link, caption: 'Shop', action },
    required: ['text', 'link', 'caption', 'action'],
  },
  { messageType: 'text_video', content: { text: 'hello', ...video }, required: ['text', ...videoKeys] },
  {
    messageType: 'text_video_button',
    content: { text: 'hello', ...video, caption: 'Watch' },
    required: ['text', ...videoKeys, 'caption'],
  },
  { messageType: 'text_image', content: { text: 'hello', link }, required: ['text', 'link'] },
];

const meta: readonly Omit<TypedContent, 'channel'>[] = [
  { messageType: 'text', content: { text: 'hello' }, required: ['text'] },
  ...['image', 'video', 'audio', 'document'].map((messageType) => ({
    messageType,
    content: { link },
    required: ['link'],
  })),
  ...['interactive', 'couponTemplate', 'regularTemplate', 'quickReply', 'buttonTemplate'].map((messageType) => ({
    messageType,
    content: { title: 'hello' },
    required: [],
  })),
];

export const contents: readonly TypedContent[] = [
  ...whatsapp.map((each) => ({ channel: 'whatsapp', ...each })),
  ...viber.map((each) => ({ channel: 'viber', ...each })),
  ...meta.map((each) => ({ channel: 'messenger', ...each })),
  ...meta.map((each) => ({ channel: 'instagram', ...each })),
];
