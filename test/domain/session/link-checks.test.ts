import { describe, expect, it } from 'vitest';
import type { ChatChannel } from '../../../src/domain/message.ts';
import { checkContent } from '../../../src/domain/session/check-content.ts';
import { extensionOf } from '../../../src/domain/session/link-checks.ts';
import { withAt } from '../../support/edit-json.ts';
import { exampleOf } from '../../support/session-examples.ts';

function linkProblems(channel: ChatChannel, type: string, link: string, key = 'link') {
  return checkContent(channel, type, withAt(exampleOf(channel, type), key, link));
}

describe('a media link', () => {
  it.each([
    ['http://shop.example.com/a.jpg', 'is not an https address'],
    ['ftp://shop.example.com/a.jpg', 'is not an https address'],
    ['shop.example.com/a.jpg', 'is not a link'],
    ['/media/a.jpg', 'is not a link'],
    ['https://', 'is not a link'],
    ['https:///', 'is not a link'],
    ['https://shop.example.com/my hat.jpg', 'has a blank in it'],
    [' https://shop.example.com/a.jpg', 'has a blank in it'],
    ['https://ann:secret@shop.example.com/a.jpg', 'has a login in it'],
    ['https://localhost/a.jpg', 'is not on the public internet'],
    ['https://192.168.1.7/a.jpg', 'is not on the public internet'],
  ])('%j is refused', (link, why) => {
    expect(linkProblems('whatsapp', 'image', link)).toEqual([
      {
        code: 'MEDIA_URL_INVALID',
        path: 'link',
        severity: 'error',
        value: link,
        message: `link "${link}" ${why}`,
        hint: 'give an https address that opens without a login',
      },
    ]);
  });

  it.each([
    ['https://shop.example.com/a.jpg'],
    ['https://shop.example.com/a.JPEG?size=large#top'],
    ['https://shop.example.com/media/1234'],
    ['https://shop.example.com/media/1234?file=a.gif'],
    ['https://shop.example.com/v1.2/hat'],
    ['https://shop.example.com'],
    ['https://8.8.8.8/a.png'],
    ['https://例子.中国/帽子.png'],
  ])('%j passes', (link) => {
    expect(linkProblems('whatsapp', 'image', link)).toEqual([]);
  });

  it('to a file of another kind is refused, with the sizes', () => {
    expect(linkProblems('whatsapp', 'image', 'https://shop.example.com/a.gif')).toEqual([
      {
        code: 'CONTENT_FILE_TYPE',
        path: 'link',
        severity: 'error',
        value: 'https://shop.example.com/a.gif',
        message: 'link ends in ".gif", which is not known as a WhatsApp image',
        hint: 'give a link to jpg, jpeg, png, at most 5 MB',
      },
    ]);
  });

  it('to what may be anything is a warning', () => {
    for (const ending of ['php', 'aspx', 'v2', 'jpgx']) {
      expect(linkProblems('whatsapp', 'image', `https://shop.example.com/a.${ending}`)).toMatchObject([
        { code: 'CONTENT_FILE_TYPE', severity: 'warning' },
      ]);
    }
  });

  it.each<readonly [ChatChannel, string, string, string, string, 'error' | 'warning' | null]>([
    ['whatsapp', 'image', 'link', 'jpg jpeg png', 'gif', 'error'],
    ['whatsapp', 'image', 'link', 'jpg', 'webp', 'error'],
    ['whatsapp', 'video', 'link', 'mp4 3gp', 'mov', 'error'],
    ['whatsapp', 'audio', 'link', 'aac amr mp3 m4a mp4 ogg opus', 'wav', 'error'],
    ['whatsapp', 'sticker', 'link', 'webp', 'png', 'error'],
    ['whatsapp', 'document', 'link', 'pdf doc docx xls xlsx ppt pptx txt', 'csv', 'warning'],
    ['viber', 'image', 'link', 'jpg jpeg png gif webp', 'svg', 'error'],
    ['viber', 'text_image', 'link', 'png', 'mp4', 'error'],
    ['viber', 'text_image_button', 'link', 'png', 'mp4', 'error'],
    ['viber', 'video', 'link', 'mp4 m4v mov 3gp', 'avi', 'error'],
    ['viber', 'video', 'thumbnail', 'jpg png', 'mp4', 'error'],
    ['viber', 'text_video', 'thumbnail', 'jpg png', 'pdf', 'error'],
    ['viber', 'document', 'link', 'pdf doc docx odt csv xlsx xltx info eps', 'zip', 'error'],
    ['messenger', 'image', 'link', 'jpg png gif', 'mp4', 'warning'],
    ['messenger', 'video', 'link', 'mp4 mov', 'jpg', 'warning'],
    ['messenger', 'audio', 'link', 'mp3 m4a wav', 'jpg', 'warning'],
    ['messenger', 'document', 'link', 'pdf docx', 'zip', null],
    ['messenger', 'couponTemplate', 'image_url', 'png', 'mp4', 'warning'],
    ['instagram', 'image', 'link', 'jpg jpeg png gif', 'webp', 'error'],
    ['instagram', 'video', 'link', 'mp4 ogg avi mov webm', '3gp', 'error'],
    ['instagram', 'audio', 'link', 'aac m4a wav mp4', 'mp3', 'error'],
    ['instagram', 'document', 'link', 'pdf', 'docx', 'error'],
    ['instagram', 'regularTemplate', 'elements[0].image_url', 'png', 'webp', 'error'],
  ])('of %s %s, %s, takes %s and not %s', (channel, type, key, taken, other, severity) => {
    for (const ending of taken.split(' ')) {
      expect(linkProblems(channel, type, `https://shop.example.com/a.${ending}`, key)).toEqual([]);
    }
    const told = severity === null ? [] : [{ code: 'CONTENT_FILE_TYPE', path: key, severity }];
    expect(linkProblems(channel, type, `https://shop.example.com/a.${other}`, key)).toMatchObject(told);
  });

  it('of Viber has up to 1,000 characters', () => {
    const link = (length: number) => 'https://shop.example.com/'.padEnd(length, 'x');
    expect(linkProblems('viber', 'image', link(1000))).toEqual([]);
    expect(linkProblems('viber', 'image', link(1001))).toMatchObject([
      { code: 'CONTENT_TOO_LONG', severity: 'warning' },
    ]);
  });
});

describe('a link behind a button', () => {
  it.each([
    ['viber', 'text_button', 'action'],
    ['viber', 'text_video_button', 'action'],
    ['messenger', 'buttonTemplate', 'buttons[0].url'],
    ['messenger', 'couponTemplate', 'coupon_url'],
    ['instagram', 'regularTemplate', 'elements[1].default_action.url'],
  ] as const)('of %s %s is http or https: %s', (channel, type, key) => {
    for (const link of ['http://shop.example.com/', 'https://shop.example.com/a?b=c']) {
      expect(linkProblems(channel, type, link, key)).toEqual([]);
    }
    expect(linkProblems(channel, type, 'viber://chat', key)).toMatchObject([
      { code: 'URL_INVALID', path: key, message: `${key} "viber://chat" is neither http nor https` },
    ]);
    expect(linkProblems(channel, type, 'shop', key)).toMatchObject([{ code: 'URL_INVALID', severity: 'error' }]);
  });
});

describe('the ending of a name', () => {
  it.each([
    ['invoice.pdf', 'pdf'],
    ['invoice.final.PDF', 'pdf'],
    ['/media/hat.mp4', 'mp4'],
    ['/v1.2/hat', null],
    ['report.2024', null],
    ['invoice', null],
    ['invoice.', null],
    ['', null],
  ])('of %j is %j', (name, ending) => {
    expect(extensionOf(name)).toBe(ending);
  });
});
