/** The kinds of files each channel takes. Sizes are told in hints only: a link does not say how large its file is. */
export interface FileRule {
  /** What it is, with its article: `a WhatsApp image`. */
  readonly what: string;
  /** Lower case, without the dot. None where files of every kind are taken. */
  readonly extensions: readonly string[];
  /** The largest file, in words, or null where no page tells. */
  readonly size: string | null;
  /** True where the page lists all that is taken, so that any other well-known kind of file is refused. */
  readonly complete: boolean;
}

const viberImage: FileRule = {
  what: 'a Viber image',
  extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp'],
  size: '50 MB, a GIF 20 MB',
  complete: true,
};

const viberDocuments =
  'pdf doc docx rtf dot dotx odt odf fodt txt info xps pdax eps xls xlsx ods fods csv xlsm xltx'.split(' ');

/**
 * Sources, by channel:
 * - WhatsApp: Meta's pages developers.facebook.com/documentation/business-messaging/whatsapp/messages/ image-messages,
 *   video-messages, audio-messages, document-messages and sticker-messages. Documents of other kinds are known to pass.
 * - Viber: Alibaba Cloud's page chatapp/user-guide/viber-message-type, "Media file size limits".
 * - Messenger: Meta's page messenger-platform/send-messages/saving-assets, which gives sizes and no kinds. The kinds are
 *   the usual ones, so that a video in the place of an image is noticed; none is known to be refused.
 * - Instagram: Meta's page instagram-messaging/features/attachment-upload.
 */
export const mediaFormats = {
  whatsapp: {
    image: { what: 'a WhatsApp image', extensions: ['jpg', 'jpeg', 'png'], size: '5 MB', complete: true },
    video: { what: 'a WhatsApp video', extensions: ['mp4', '3gp'], size: '16 MB', complete: true },
    audio: {
      what: 'a WhatsApp audio file',
      extensions: ['mp3', 'aac', 'amr', 'm4a', 'mp4', 'ogg', 'opus'],
      size: '16 MB',
      complete: true,
    },
    sticker: { what: 'a sticker', extensions: ['webp'], size: '100 kB, an animated one 500 kB', complete: true },
    document: {
      what: 'a WhatsApp document',
      extensions: ['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'txt'],
      size: '100 MB',
      complete: false,
    },
  },
  viber: {
    image: viberImage,
    thumbnail: { ...viberImage, what: 'a Viber thumbnail' },
    video: { what: 'a Viber video', extensions: ['mp4', 'm4v', 'mov', '3gp'], size: '200 MB', complete: true },
    document: { what: 'a Viber document', extensions: viberDocuments, size: '200 MB', complete: true },
  },
  messenger: {
    image: {
      what: 'a Messenger image',
      extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp'],
      size: '8 MB',
      complete: false,
    },
    video: {
      what: 'a Messenger video',
      extensions: ['mp4', 'mov', 'm4v', 'avi', 'mkv', 'webm', '3gp', 'ogg'],
      size: '25 MB',
      complete: false,
    },
    audio: {
      what: 'a Messenger audio file',
      extensions: ['mp3', 'm4a', 'aac', 'wav', 'ogg', 'amr', 'mp4'],
      size: '25 MB',
      complete: false,
    },
    document: { what: 'a Messenger document', extensions: [], size: '25 MB', complete: false },
  },
  instagram: {
    image: { what: 'an Instagram image', extensions: ['jpg', 'jpeg', 'png', 'gif'], size: '8 MB', complete: true },
    video: {
      what: 'an Instagram video',
      extensions: ['mp4', 'ogg', 'avi', 'mov', 'webm'],
      size: '25 MB',
      complete: true,
    },
    audio: {
      what: 'an Instagram audio file',
      extensions: ['m4a', 'aac', 'wav', 'mp4'],
      size: '25 MB',
      complete: true,
    },
    document: { what: 'an Instagram document', extensions: ['pdf'], size: '25 MB', complete: true },
  },
} as const satisfies Record<string, Record<string, FileRule>>;

/** Endings that say for certain what a file is. Any other may be a page or a script that serves anything. */
export const wellKnownExtensions: ReadonlySet<string> = new Set(
  [
    'jpg jpeg png gif webp bmp tif tiff svg heic avif ico psd eps',
    'mp4 m4v mov 3gp avi mkv webm wmv flv mpg mpeg',
    'mp3 aac amr m4a ogg opus wav flac wma',
    'pdf doc docx rtf dot dotx odt odf fodt txt info xps pdax xls xlsx ods fods csv xlsm xltx ppt pptx',
    'zip rar 7z gz tar exe apk html htm xml json',
  ].flatMap((line) => line.split(' ')),
);
