/**
 * Every operation of Chat App Message Service driven by a client that is not ours: the typed methods of the service's official SDK, and its generic call for
 * what that version has no types for. Typed answers keep only fields that the SDK knows, in the types that it expects.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChatOperationName, chatOperationNames } from '../../src/emulator/operation-name.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { Cams, OpenApi, patience, sdkClient } from './support/sdk-client.ts';
import { orderShipped } from './support/signed-request.ts';

let emulator: Emulator;
let client: ReturnType<typeof sdkClient>;
beforeEach(async () => {
  emulator = await startEmulator({ reviewMs: 0 });
  client = sdkClient(emulator.url);
});
afterEach(() => emulator.close());

const ok = { code: 'OK', message: 'OK', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) };
const templateParams = { name: 'José "x" & y', code: '4+2', date: '21 Nov' };

/** A call of an operation that the SDK has no types for: its answer is the body as it came. */
async function callGeneric(action: string, query: Record<string, string>): Promise<unknown> {
  const rpc = { protocol: 'HTTPS', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC' };
  const params = new OpenApi.Params({
    action,
    version: '2020-06-06',
    ...rpc,
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const { body } = await client.callApi(params, new OpenApi.OpenApiRequest({ query }), patience);
  return body;
}

const driven: Readonly<Record<ChatOperationName, () => Promise<void>>> = {
  async SendChatappMessage() {
    const request = new Cams.SendChatappMessageRequest({
      channelType: 'whatsapp',
      type: 'template',
      from: orderShipped.From,
      to: orderShipped.To,
      templateCode: 'order_shipped',
      language: 'en',
      templateParams,
      payload: ['yes', 'no'],
      productAction: new Cams.SendChatappMessageRequestProductAction({
        thumbnailProductRetailerId: 'p-1',
        sections: [
          new Cams.SendChatappMessageRequestProductActionSections({
            title: 'Hats',
            productItems: [
              new Cams.SendChatappMessageRequestProductActionSectionsProductItems({ productRetailerId: 'p-1' }),
            ],
          }),
        ],
      }),
      flowAction: new Cams.SendChatappMessageRequestFlowAction({ flowToken: 'tk', flowActionData: { a: 'b' } }),
      contextMessageId: 'm-1',
      custSpaceId: 'cams-1',
      custWabaId: 'w-1',
      isvCode: 'i-1',
      taskId: 'task-7',
      fallBackId: 'S1',
      fallBackContent: 'hello',
      fallBackDuration: 120,
      fallBackRule: 'undelivered',
      label: 'transaction',
      ttl: 60,
      tag: 'spring',
      trackingData: 't-1',
    });
    const { statusCode, body } = await client.sendChatappMessageWithOptions(request, patience);
    expect([statusCode, { ...body }]).toEqual([200, { ...ok, messageId: emulator.accepted()[0]?.messageId }]);
    expect(emulator.accepted()).toMatchObject([
      {
        channel: 'whatsapp',
        to: orderShipped.To,
        params: templateParams,
        taskId: 'task-7',
        fields: {
          Payload: '["yes","no"]',
          ProductAction: JSON.stringify({
            Sections: [{ ProductItems: [{ ProductRetailerId: 'p-1' }], Title: 'Hats' }],
            ThumbnailProductRetailerId: 'p-1',
          }),
          FlowAction: '{"FlowActionData":{"a":"b"},"FlowToken":"tk"}',
          ContextMessageId: 'm-1',
          CustSpaceId: 'cams-1',
          CustWabaId: 'w-1',
          IsvCode: 'i-1',
          FallBackId: 'S1',
          FallBackContent: 'hello',
          FallBackDuration: '120',
          FallBackRule: 'undelivered',
          Label: 'transaction',
          Ttl: '60',
          Tag: 'spring',
          TrackingData: 't-1',
        },
      },
    ]);
  },

  async SendChatappMassMessage() {
    const person = (to: string, name: string) =>
      new Cams.SendChatappMassMessageRequestSenderList({
        to,
        templateParams: { ...templateParams, name },
        payload: ['yes'],
        flowAction: new Cams.SendChatappMassMessageRequestSenderListFlowAction({ flowToken: 'tk' }),
      });
    const request = new Cams.SendChatappMassMessageRequest({
      channelType: 'whatsapp',
      from: orderShipped.From,
      templateCode: 'order_shipped',
      language: 'en',
      senderList: [person('8613800000001', 'Ann'), person('8613800000002', 'Bob')],
      taskId: 'task-8',
      fallBackDuration: 60,
      label: 'promotion',
      tag: 'spring',
      ttl: 30,
    });
    const { statusCode, body } = await client.sendChatappMassMessageWithOptions(request, patience);
    const [first] = emulator.accepted();
    expect([statusCode, { ...body }]).toEqual([200, { ...ok, groupMessageId: first?.groupMessageId }]);
    const fields = {
      Payload: '["yes"]',
      FlowAction: '{"FlowToken":"tk"}',
      FallBackDuration: '60',
      Label: 'promotion',
      Tag: 'spring',
      Ttl: '30',
    };
    expect(emulator.accepted()).toMatchObject([
      { to: '8613800000001', params: { ...templateParams, name: 'Ann' }, taskId: 'task-8', fields },
      { to: '8613800000002', params: { ...templateParams, name: 'Bob' }, taskId: 'task-8', fields },
    ]);
    expect(first?.groupMessageId).toMatch(/^emulated-group-/);
  },

  async GetChatappTemplateDetail() {
    const request = new Cams.GetChatappTemplateDetailRequest({ templateCode: 'spring_sale', language: 'en' });
    const { statusCode, body } = await client.getChatappTemplateDetailWithOptions(request, patience);
    expect([statusCode, { ...body }]).toEqual([
      200,
      {
        ...ok,
        data: {
          templateCode: 'spring_sale',
          name: 'spring_sale',
          language: 'en',
          auditStatus: 'pass',
          category: 'MARKETING',
          templateType: 'WHATSAPP',
          reason: '',
          qualityScore: 'GREEN',
          example: {
            image: 'https://shop.example.com/media/spring.jpg',
            name: 'Ann',
            discount: '20%',
            until: '30 April',
            link: 'spring?c=1001',
          },
          components: [
            { type: 'HEADER', format: 'IMAGE', url: '$(image)' },
            { type: 'BODY', text: 'Hi $(name), spring is here: $(discount) off everything until $(until).' },
            { type: 'FOOTER', text: 'Reply Stop to hear no more from us' },
            {
              type: 'BUTTONS',
              buttons: [
                { type: 'URL', text: 'Shop now', url: 'https://shop.example.com/s/$(link)', urlType: 'dynamic' },
                { type: 'QUICK_REPLY', text: 'Stop' },
              ],
            },
          ],
        },
      },
    ]);
  },

  async ListChatappTemplate() {
    const request = new Cams.ListChatappTemplateRequest({
      auditStatus: 'pass',
      templateType: 'WHATSAPP',
      language: 'en',
      name: 'order',
      page: new Cams.ListChatappTemplateRequestPage({ index: 1, size: 5 }),
    });
    const { statusCode, body } = await client.listChatappTemplateWithOptions(request, patience);
    const row = {
      templateCode: 'order_shipped',
      templateName: 'order_shipped',
      language: 'en',
      auditStatus: 'pass',
      category: 'UTILITY',
      reason: '',
      templateType: 'WHATSAPP',
    };
    expect([statusCode, { ...body }]).toEqual([200, { ...ok, total: 1, listTemplate: [row] }]);
  },

  async CreateChatappTemplate() {
    const buttons = [
      new Cams.CreateChatappTemplateRequestComponentsButtons({
        type: 'ONE_TAP',
        text: 'Copy code',
        autofillText: 'Fill in',
        packageName: 'com.example.shop',
        signatureHash: 'K8a/AINcGX7',
      }),
    ];
    const request = new Cams.CreateChatappTemplateRequest({
      name: 'sdk_code',
      language: 'en',
      category: 'AUTHENTICATION',
      templateType: 'WHATSAPP',
      messageSendTtlSeconds: 120,
      components: [
        new Cams.CreateChatappTemplateRequestComponents({ type: 'BODY', addSecretRecommendation: true }),
        new Cams.CreateChatappTemplateRequestComponents({ type: 'FOOTER', codeExpirationMinutes: 10 }),
        new Cams.CreateChatappTemplateRequestComponents({ type: 'BUTTONS', buttons }),
      ],
    });
    const { statusCode, body } = await client.createChatappTemplateWithOptions(request, patience);
    const data = { templateCode: expect.stringMatching(/^\d+$/), templateName: 'sdk_code' };
    expect([statusCode, { ...body }]).toEqual([200, { ...ok, data }]);
    const asked = new Cams.GetChatappTemplateDetailRequest({
      templateCode: body?.data?.templateCode ?? '',
      language: 'en',
      templateType: 'WHATSAPP',
    });
    const { body: stored } = await client.getChatappTemplateDetailWithOptions(asked, patience);
    expect(stored?.data).toMatchObject({
      auditStatus: 'pass',
      messageSendTtlSeconds: 120,
      components: [
        { type: 'BODY', addSecretRecommendation: true },
        { type: 'FOOTER', codeExpirationMinutes: 10 },
        { type: 'BUTTONS', buttons: [{ type: 'ONE_TAP', packageName: 'com.example.shop', autofillText: 'Fill in' }] },
      ],
    });
  },

  async ModifyChatappTemplate() {
    const request = new Cams.ModifyChatappTemplateRequest({
      templateCode: 'flash_sale',
      language: 'en',
      category: 'MARKETING',
      templateType: 'WHATSAPP',
      example: { name: 'Ann' },
      components: [
        new Cams.ModifyChatappTemplateRequestComponents({ type: 'BODY', text: 'Hi $(name), hats are half off.' }),
      ],
    });
    const { statusCode, body } = await client.modifyChatappTemplateWithOptions(request, patience);
    const data = { templateCode: 'flash_sale', templateName: 'flash_sale' };
    expect([statusCode, { ...body }]).toEqual([200, { ...ok, data }]);
  },

  async DeleteChatappTemplate() {
    const request = new Cams.DeleteChatappTemplateRequest({
      templateCode: 'order_shipped',
      language: 'es',
      templateType: 'WHATSAPP',
    });
    const { statusCode, body } = await client.deleteChatappTemplateWithOptions(request, patience);
    expect([statusCode, { ...body }]).toEqual([200, ok]);
    await expect(client.deleteChatappTemplateWithOptions(request, patience)).rejects.toMatchObject({
      code: 'DelError.TemplateNotExist',
      data: { statusCode: 400 },
    });
  },

  async QueryChatappPhoneNumbers() {
    const request = new Cams.QueryChatappPhoneNumbersRequest({ custSpaceId: 'cams-1', status: 'FLAGGED' });
    const { statusCode, body } = await client.queryChatappPhoneNumbersWithOptions(request, patience);
    const sender = {
      phoneNumber: '8613867410000',
      verifiedName: 'Sample Shop',
      status: 'FLAGGED',
      qualityRating: 'RED',
      messagingLimitTier: 'TIER_10K',
      codeVerificationStatus: 'VERIFIED',
      nameStatus: 'APPROVED',
      newNameStatus: '',
      statusCallbackUrl: '',
      statusQueue: '',
      upCallbackUrl: '',
      upQueue: '',
    };
    expect([statusCode, { ...body }]).toEqual([200, { ...ok, phoneNumbers: [sender] }]);
  },

  async ListChatappMessage() {
    const sent = await sendText();
    const page = JSON.stringify({ Index: 1, Size: 50 });
    const query = { BusinessNumber: '8613867404376', ChannelType: 'whatsapp', CustSpaceId: 'cams-1', Page: page };
    expect(await callGeneric('ListChatappMessage', query)).toMatchObject({
      Code: 'OK',
      Success: true,
      Data: [{ MessageId: sent, Type: 'message', MessageType: 'text', Message: 'a & b + "c"' }],
    });
  },

  async GetWhatsappHealthStatus() {
    expect(await callGeneric('GetWhatsappHealthStatus', { CustSpaceId: 'cams-1', NodeType: 'waba' })).toMatchObject({
      Code: 'OK',
      Data: { CanSendMessage: 'AVAILABLE', Entities: [{ EntityType: 'WABA', CanSendMessage: 'AVAILABLE' }] },
    });
  },
};

/** A free-form text, of which this SDK puts the content into the query; answers its message id. */
async function sendText(): Promise<string | undefined> {
  const request = new Cams.SendChatappMessageRequest({
    channelType: 'whatsapp',
    type: 'message',
    messageType: 'text',
    from: orderShipped.From,
    to: orderShipped.To,
    content: JSON.stringify({ text: 'a & b + "c"' }),
  });
  const { body } = await client.sendChatappMessageWithOptions(request, patience);
  return body?.messageId;
}

describe('the official SDK', () => {
  it.each(chatOperationNames)('gets every typed field of %s', (operation) => driven[operation]());

  it('is told of a missing right by an error that names it', async () => {
    await emulator.close();
    emulator = await startEmulator({ denied: ['cams:SendChatappMassMessage'] });
    client = sdkClient(emulator.url);
    const request = new Cams.SendChatappMassMessageRequest({ channelType: 'whatsapp' });
    await expect(client.sendChatappMassMessageWithOptions(request, patience)).rejects.toMatchObject({
      code: 'Ram.PermissionDeny',
      accessDeniedDetail: { AuthAction: 'cams:SendChatappMassMessage', NoPermissionType: 'ImplicitDeny' },
    });
  });

  it('is told of a closed window by an error with its code', async () => {
    await emulator.close();
    emulator = await startEmulator({ closedWindows: 1 });
    client = sdkClient(emulator.url);
    await expect(sendText()).rejects.toMatchObject({ code: 'SessionWindowExpired', data: { statusCode: 400 } });
  });
});
