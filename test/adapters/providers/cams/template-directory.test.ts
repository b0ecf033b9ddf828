import { describe, expect, it } from 'vitest';
import {
  type CredentialSource,
  CredentialsMissingError,
  staticCredentials,
} from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createLookUps } from '../../../../src/adapters/providers/cams/look-ups.ts';
import { createCamsTemplateDirectory } from '../../../../src/adapters/providers/cams/template-directory.ts';
import type { Clock } from '../../../../src/domain/clock.ts';
import type { TemplateDirectory, TemplateFilter, TemplateListing } from '../../../../src/domain/template-directory.ts';
import type { TemplateDraft } from '../../../../src/domain/template-draft.ts';
import {
  aCard,
  aDraft,
  anAuthenticationDraft,
  callUs,
  coupon,
  oneTap,
  quickReply,
  shopLink,
} from '../../../support/a-draft.ts';
import { type Behaviour, closedEndpoint, cut, json, openRawService } from '../../../support/raw-service.ts';
import { clientFor } from './fixtures.ts';

/** Every wait is over in the next turn. */
const hastyClock: Clock = {
  now: () => 0,
  monotonic: () => 0,
  schedule(_ms, callback) {
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  },
};

const key = staticCredentials('LTAItestkeyid', 'test-secret');

interface Account {
  readonly credentials?: CredentialSource;
  readonly custSpaceId?: string;
}

function directoryAt(endpoint: string, { credentials = key, custSpaceId }: Account = {}): TemplateDirectory {
  const lookUps = createLookUps(clientFor(endpoint, credentials), hastyClock);
  return createCamsTemplateDirectory({ lookUps, credentials, custSpaceId: custSpaceId ?? null });
}

async function listed(directory: TemplateDirectory, filter: TemplateFilter = {}): Promise<readonly TemplateListing[]> {
  const templates: TemplateListing[] = [];
  for await (const template of directory.list(filter)) templates.push(template);
  return templates;
}

const row = (number: number, fields = {}) => ({
  TemplateCode: `code_${number}`,
  TemplateName: `name_${number}`,
  Language: 'en',
  AuditStatus: 'pass',
  Category: 'UTILITY',
  Reason: '',
  TemplateType: 'WHATSAPP',
  ...fields,
});

/** Serves `rows` in pages of at most `largest`, whatever size is asked for. */
function library(rows: readonly object[], largest = 50): Behaviour {
  return (response, call) => {
    const { Index, Size } = JSON.parse(call.query['Page'] ?? '{}');
    const size = Math.min(Size, largest);
    const page = rows.slice((Index - 1) * size, Index * size);
    json({ Code: 'OK', Message: 'OK', RequestId: 'r', Total: rows.length, ListTemplate: page })(response, call);
  };
}

describe('list', () => {
  it.each([
    ['none', 0, 50, 1],
    ['a part of a page', 3, 50, 1],
    ['exactly a page', 50, 50, 1],
    ['several pages', 120, 50, 3],
    ['pages smaller than asked for', 45, 20, 3],
  ])('gives every template of %s', async (_name, count, largest, requests) => {
    await using service = await openRawService(
      library(
        Array.from({ length: count }, (_, index) => row(index)),
        largest,
      ),
    );
    const templates = await listed(directoryAt(service.endpoint));
    expect(templates.map(({ code }) => code)).toEqual(Array.from({ length: count }, (_, index) => `code_${index}`));
    expect(service.received.length).toBe(requests);
  });

  it('ends at an empty page where the total promises more', async () => {
    await using service = await openRawService((response, call) => {
      const { Index } = JSON.parse(call.query['Page'] ?? '{}');
      json({ Code: 'OK', Total: 99, ListTemplate: Index === 1 ? [row(1)] : [] })(response, call);
    });
    expect((await listed(directoryAt(service.endpoint))).length).toBe(1);
  });

  it('tells each template in words of our own', async () => {
    const rows = [
      row(1, { AuditStatus: 'fail', Reason: 'INVALID_FORMAT', TemplateName: null }),
      row(2, { AuditStatus: 'paused', Category: null, TemplateType: 'VIBER' }),
    ];
    await using service = await openRawService(library(rows));
    expect(await listed(directoryAt(service.endpoint))).toEqual([
      {
        code: 'code_1',
        name: 'code_1',
        language: 'en',
        review: 'refused',
        statusWord: 'fail',
        category: 'UTILITY',
        type: 'WHATSAPP',
        reason: 'INVALID_FORMAT',
      },
      {
        code: 'code_2',
        name: 'name_2',
        language: 'en',
        review: 'other',
        statusWord: 'paused',
        category: null,
        type: 'VIBER',
        reason: null,
      },
    ]);
  });

  it('hands every filter on, in the query, and the space', async () => {
    await using service = await openRawService(library([]));
    const filter = {
      review: 'reviewing',
      type: 'VIBER',
      language: 'en',
      name: 'order',
      category: 'UTILITY',
      code: 'c',
    } as const;
    await listed(directoryAt(service.endpoint, { custSpaceId: 'cams-1' }), filter);
    expect(service.received).toMatchObject([
      {
        action: 'ListChatappTemplate',
        query: {
          AuditStatus: 'auditing',
          TemplateType: 'VIBER',
          Language: 'en',
          Name: 'order',
          Category: 'UTILITY',
          Code: 'c',
          CustSpaceId: 'cams-1',
          Page: '{"Index":1,"Size":50}',
        },
        form: {},
      },
    ]);
  });

  it('filters itself by what an older service does not know', async () => {
    await using service = await openRawService(library([row(1), row(2, { Category: 'MARKETING' }), row(3)]));
    const directory = directoryAt(service.endpoint);
    expect((await listed(directory, { category: 'UTILITY', code: 'code_3' })).map(({ code }) => code)).toEqual([
      'code_3',
    ]);
  });

  it('asks again where there is no answer, and says in the end that nothing was changed', async () => {
    await using service = await openRawService(cut);
    await expect(listed(directoryAt(service.endpoint))).rejects.toMatchObject({
      kind: 'unreachable',
      hint: 'check the connection and try again; nothing was changed',
    });
    expect(service.received.length).toBe(4);
  });

  it('names the field it cannot read', async () => {
    await using service = await openRawService(json({ Code: 'OK', Total: 1, ListTemplate: [{ Language: 'en' }] }));
    await expect(listed(directoryAt(service.endpoint))).rejects.toMatchObject({
      kind: 'blocked',
      hint: expect.stringContaining('ListTemplate.0.TemplateCode'),
    });
  });
});

const written = json({ Code: 'OK', Data: { TemplateCode: '7001', TemplateName: 'order_update' } });

describe('create', () => {
  async function sent(draft: TemplateDraft): Promise<Record<string, unknown>> {
    await using service = await openRawService(written);
    expect(await directoryAt(service.endpoint).create(draft)).toEqual({ code: '7001', name: 'order_update' });
    const [call] = service.received;
    if (call === undefined) throw new Error('nothing was asked');
    expect([call.action, call.query]).toEqual(['CreateChatappTemplate', {}]);
    const { Components = '[]', ...form } = call.form;
    return { ...form, Components: JSON.parse(Components) };
  }

  it('sends a draft in the form', async () => {
    expect(await sent(aDraft({ allowCategoryChange: true, custSpaceId: 'cams-1' }))).toEqual({
      Name: 'order_update',
      Category: 'UTILITY',
      Language: 'en',
      TemplateType: 'WHATSAPP',
      AllowCategoryChange: 'true',
      CustSpaceId: 'cams-1',
      Example: '{"name":"Ann"}',
      Components: [{ Type: 'BODY', Text: 'Hi $(name), your order is packed.' }],
    });
  });

  it('sends every component', async () => {
    const image = { kind: 'media', format: 'image', url: '$(image)', fileName: null, caption: 'A hat' } as const;
    const draft = aDraft({
      category: 'MARKETING',
      header: image,
      footer: { text: 'Bye', codeExpirationMinutes: null },
      offer: { text: 'Ends soon', hasExpiration: true },
      buttons: [
        { ...callUs, phoneNumber: '+1 (202) 555-0123' },
        shopLink,
        { ...shopLink, url: 'https://shop.example.com/$(path)' },
        { ...quickReply, isOptOut: true },
        coupon,
        { type: 'CATALOG', text: 'View' },
        { type: 'MPM', text: 'Items' },
        { type: 'FLOW', text: 'Book', flowId: '47', flowAction: 'NAVIGATE', navigateScreen: 'DETAILS' },
      ],
      cards: [aCard()],
    });
    expect((await sent(draft))['Components']).toEqual([
      { Type: 'HEADER', Format: 'IMAGE', Url: '$(image)', Caption: 'A hat' },
      { Type: 'LIMITED_TIME_OFFER', Text: 'Ends soon', HasExpiration: true },
      { Type: 'BODY', Text: 'Hi $(name), your order is packed.' },
      { Type: 'FOOTER', Text: 'Bye' },
      {
        Type: 'BUTTONS',
        Buttons: [
          { Type: 'PHONE_NUMBER', Text: 'Call us', PhoneNumber: '+12025550123' },
          { Type: 'URL', Text: 'Shop', Url: 'https://shop.example.com/', UrlType: 'static' },
          { Type: 'URL', Text: 'Shop', Url: 'https://shop.example.com/$(path)', UrlType: 'dynamic' },
          { Type: 'QUICK_REPLY', Text: 'Stop', IsOptOut: true },
          { Type: 'COPY_CODE', Text: 'Copy', CouponCode: 'WELCOME20' },
          { Type: 'CATALOG', Text: 'View' },
          { Type: 'MPM', Text: 'Items' },
          { Type: 'FLOW', Text: 'Book', FlowId: '47', FlowAction: 'NAVIGATE', NavigateScreen: 'DETAILS' },
        ],
      },
      {
        Type: 'CAROUSEL',
        Cards: [
          {
            CardComponents: [
              { Type: 'HEADER', Format: 'IMAGE', Url: 'https://shop.example.com/media/hat.jpg' },
              { Type: 'BODY', Text: 'A hat for $(name) here' },
              {
                Type: 'BUTTONS',
                Buttons: [
                  { Type: 'URL', Text: 'Shop', Url: 'https://shop.example.com/', UrlType: 'static' },
                  { Type: 'QUICK_REPLY', Text: 'Stop' },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('sends what an authentication has', async () => {
    const draft = anAuthenticationDraft({
      buttons: [{ ...oneTap, supportedApps: [{ packageName: 'com.example.till', signatureHash: 'K8a/AINcGX8' }] }],
    });
    expect(await sent(draft)).toEqual({
      Name: 'sign_in_code',
      Category: 'AUTHENTICATION',
      Language: 'en',
      TemplateType: 'WHATSAPP',
      MessageSendTtlSeconds: '120',
      Components: [
        { Type: 'BODY', AddSecretRecommendation: true },
        { Type: 'FOOTER', CodeExpirationMinutes: 10 },
        {
          Type: 'BUTTONS',
          Buttons: [
            {
              Type: 'ONE_TAP',
              Text: 'Copy code',
              AutofillText: 'Autofill',
              PackageName: 'com.example.shop',
              SignatureHash: 'K8a/AINcGX7',
              SupportedApps: [{ PackageName: 'com.example.till', SignatureHash: 'K8a/AINcGX8' }],
            },
          ],
        },
      ],
    });
  });

  it('is not tried again where nobody knows whether it was taken, and says so', async () => {
    await using service = await openRawService(cut);
    await expect(directoryAt(service.endpoint).create(aDraft())).rejects.toMatchObject({
      kind: 'unreachable',
      message:
        'no answer about template "order_update" in "en": ECONNRESET: the connection broke before the whole answer came',
      hint: 'it may have been changed all the same: look with sendoff templates list before trying again',
    });
    expect(service.received.length).toBe(1);
  });

  it('is tried again where it was turned away at the door', async () => {
    await using service = await openRawService((response, call) => {
      const busy = json({ Code: 'Throttling.User', Message: 'busy' }, 400);
      (service.received.length < 3 ? busy : written)(response, call);
    });
    expect(await directoryAt(service.endpoint).create(aDraft())).toEqual({ code: '7001', name: 'order_update' });
  });

  it('is unreachable where nothing listens', async () => {
    await expect(directoryAt(await closedEndpoint()).create(aDraft())).rejects.toMatchObject({
      kind: 'unreachable',
      hint: 'check the connection and try again; nothing was changed',
    });
  });

  it('tells what the service refuses, with the fix', async () => {
    await using service = await openRawService(
      json({ Code: 'InvalidParameter.TemplateNameExist', Message: 'taken' }, 400),
    );
    await expect(directoryAt(service.endpoint).create(aDraft())).rejects.toMatchObject({
      kind: 'blocked',
      message: 'the service refuses: InvalidParameter.TemplateNameExist: taken',
      hint: expect.stringMatching(/\w/),
    });
  });

  it('says where to look when the answer has no code', async () => {
    await using service = await openRawService(json({ Code: 'OK' }));
    await expect(directoryAt(service.endpoint).create(aDraft())).rejects.toMatchObject({
      message: 'the service took "order_update" and did not say under which code',
      hint: 'look it up: sendoff templates list --name order_update',
    });
  });

  it('tells trouble with the credentials in their own words and asks nobody', async () => {
    await using service = await openRawService(written);
    const credentials: CredentialSource = {
      ...key,
      getCredentials: async () => {
        throw new CredentialsMissingError();
      },
    };
    await expect(directoryAt(service.endpoint, { credentials }).create(aDraft())).rejects.toThrow(
      CredentialsMissingError,
    );
    expect(service.received).toEqual([]);
  });
});

describe('modify and delete', () => {
  it('modifies by the code, in the form', async () => {
    await using service = await openRawService(written);
    expect(await directoryAt(service.endpoint).modify('7001', aDraft())).toEqual({
      code: '7001',
      name: 'order_update',
    });
    expect(service.received).toMatchObject([
      {
        action: 'ModifyChatappTemplate',
        query: {},
        form: { TemplateCode: '7001', Language: 'en', TemplateType: 'WHATSAPP', Example: '{"name":"Ann"}' },
      },
    ]);
  });

  it.each([
    ['one language', 'en', { TemplateCode: '7001', Language: 'en', TemplateType: 'WHATSAPP' }],
    ['all languages', null, { TemplateCode: '7001' }],
  ])('deletes %s, in the query', async (_name, language, query) => {
    await using service = await openRawService(json({ Code: 'OK' }));
    await directoryAt(service.endpoint).delete('7001', language);
    expect(service.received.map(({ action, query: asked, form }) => ({ action, query: asked, form }))).toEqual([
      { action: 'DeleteChatappTemplate', query, form: {} },
    ]);
  });

  it('tells a deletion that nobody answered', async () => {
    await using service = await openRawService(cut);
    await expect(directoryAt(service.endpoint).delete('7001', null)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(service.received.length).toBe(1);
  });
});
