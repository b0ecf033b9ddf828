/** The whole adapter against the emulator: each side reads the service's pages on its own. */
import { describe, expect, it } from 'vitest';
import { staticCredentials } from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createSmsClient } from '../../../../src/adapters/providers/sms/client.ts';
import { createSmsLookUps } from '../../../../src/adapters/providers/sms/look-ups.ts';
import { createSmsProvider } from '../../../../src/adapters/providers/sms/provider.ts';
import { createSmsSendDetails } from '../../../../src/adapters/providers/sms/send-details.ts';
import { createSmsSignSource } from '../../../../src/adapters/providers/sms/sign-source.ts';
import { createSmsTemplateSource } from '../../../../src/adapters/providers/sms/template-source.ts';
import type { Message, SmsContent } from '../../../../src/domain/message.ts';
import { destinationOf } from '../../../../src/domain/sms/destination.ts';
import { limitNamed } from '../../../../src/domain/sms/number-limits.ts';
import { countSegments } from '../../../../src/domain/sms/segments.ts';
import { renderSms } from '../../../../src/domain/sms/sms-text.ts';
import type { Template } from '../../../../src/domain/template.ts';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../../../../src/emulator/emulator-options.ts';
import { startEmulator } from '../../../../src/emulator/server.ts';
import { anSms } from '../../../support/an-sms.ts';
import { hastyClock } from '../cams/fixtures.ts';

const credentials = staticCredentials(emulatorAccessKeyId, emulatorAccessKeySecret);
const code = 'SMS_100000001';

async function open() {
  const emulator = await startEmulator({ smsDelayMs: 0 });
  const client = createSmsClient({
    service: { kind: 'emulator', endpoint: emulator.url },
    credentials,
    userAgent: 'sendoff/0.1.0',
  });
  const options = { lookUps: createSmsLookUps(client, hastyClock()), credentials };
  return {
    provider: createSmsProvider({ client, outId: ({ row }) => `run-1.${row}`, batch: true }),
    templates: createSmsTemplateSource(options),
    signs: createSmsSignSource(options),
    details: createSmsSendDetails(options),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

type Opened = Awaited<ReturnType<typeof open>>;

function shipped(row: number, content: Partial<SmsContent> = {}, changes: Partial<Message> = {}): Message {
  const params = { name: '王芳', code: 'A1001', date: '3月2日' };
  return anSms(row, { code, sign: '示例商城', params, ...content }, changes);
}

async function templateOf({ templates }: Opened, wanted = code): Promise<Template> {
  const lookup = await templates.find(wanted, '');
  if (lookup.kind !== 'found') throw new Error(lookup.reason);
  return lookup.template;
}

describe('the SMS adapter at the emulator', () => {
  it('reads templates of every kind and state', async () => {
    await using opened = await open();
    const numbers = ['01', '02', '03', '04', '05', '08', '09', '10'];
    const templates = await Promise.all(numbers.map((number) => templateOf(opened, `SMS_1000000${number}`)));
    expect(templates.map(({ sms, status }) => `${sms?.kind} ${status}`)).toEqual([
      'notice approved',
      'promotion approved',
      'verification approved',
      'verification approved',
      'international approved',
      'notice pending',
      'promotion rejected',
      'notice cancelled',
    ]);
    expect(templates[0]?.sms).toEqual({
      kind: 'notice',
      attributes: { name: 'name', code: 'other_number2', date: 'time' },
      signs: ['示例商城', 'Sample Shop', '示例物流'],
    });
    expect(await opened.templates.find('SMS_999', '')).toMatchObject({ kind: 'missing' });
  });

  it('reads signs with the filing of each carrier', async () => {
    await using opened = await open();
    expect(await opened.signs.find('示例物流')).toMatchObject({
      kind: 'found',
      sign: {
        status: 'approved',
        filings: [
          { carrier: 'mobile', status: 'filed' },
          { carrier: 'unicom', status: 'toVerify' },
          { carrier: 'telecom', status: 'notFiled', reasons: ['签名未发起报备'] },
        ],
      },
    });
    expect(await opened.signs.find('示例旧店')).toMatchObject({
      sign: { status: 'rejected', reason: '文件不能证明信息真实性,请重新上传。' },
    });
    expect(await opened.signs.find('nobody')).toMatchObject({ kind: 'missing' });
  });

  it('sends one text to many and tells later what each of them read, in as many segments as counted', async () => {
    await using opened = await open();
    const template = await templateOf(opened);
    const from = Date.now();
    const batch = [shipped(2), shipped(3), shipped(4)];
    const outcomes = await opened.provider.send(batch);
    const [outcome] = outcomes;
    if (outcome?.kind !== 'accepted') throw new Error(outcome?.kind);
    expect(outcomes).toEqual([outcome, outcome, outcome]);
    for (const { to, content } of batch) {
      if (content.kind !== 'sms' || template.body === null) throw new Error('no text message');
      const text = renderSms(template.body, content, destinationOf(to));
      const reading = await opened.details.read({ to, from, until: Date.now(), bizId: outcome.messageId });
      expect(reading).toMatchObject({
        kind: 'whole',
        details: [{ status: 'delivered', carrierCode: 'DELIVERED', text, outId: 'run-1.2', templateCode: code }],
      });
      expect(countSegments(text, 'mainland').segments).toBe(1);
    }
  });

  it('sends texts of their own in one batch', async () => {
    await using opened = await open();
    const from = Date.now();
    const batch = Array.from({ length: 100 }, (_, index) =>
      shipped(index + 2, { params: { name: `用户${index}`, code: `A${index}`, date: '3月2日' } }),
    );
    const outcomes = await opened.provider.send(batch);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    const last = batch[99]?.to ?? '';
    const reading = await opened.details.read({ to: last, from, until: Date.now(), bizId: null });
    expect(reading).toMatchObject({ details: [{ text: expect.stringContaining('用户99,您的订单A99') }] });
  });

  it.each<[string, Partial<SmsContent>, Partial<Message>, string, string]>([
    ['a number that is none', {}, { to: '861234' }, 'isv.MOBILE_NUMBER_ILLEGAL', 'row'],
    ['a template that is not there', { code: 'SMS_999' }, {}, 'isv.SMS_TEMPLATE_ILLEGAL', 'campaign'],
    ['a sign that is not there', { sign: 'nobody' }, {}, 'isv.SMS_SIGNATURE_ILLEGAL', 'campaign'],
    [
      'an international template to the mainland',
      { code: 'SMS_100000005', sign: 'Sample Shop', params: { name: 'Ann', code: 'A1' } },
      {},
      'isv.DOMESTIC_NUMBER_NOT_SUPPORTED',
      'row',
    ],
  ])('is refused %s, by the code that the catalogue knows', async (_name, content, changes, refusal, scope) => {
    await using opened = await open();
    const [outcome] = await opened.provider.send([shipped(2, content, changes)]);
    expect(outcome).toMatchObject({ kind: 'rejected', code: refusal, scope });
  });

  it('is told the limit of a number in words that say when to go on', async () => {
    await using opened = await open();
    const verification = (row: number) =>
      shipped(row, { code: 'SMS_100000003', params: { code: '123456' } }, { to: '8613800000009' });
    const [first] = await opened.provider.send([verification(2)]);
    expect(first?.kind).toBe('accepted');
    // Of two that follow one is refused, even where a minute of the clock begins between them.
    const [second] = await opened.provider.send([verification(3)]);
    const [third] = await opened.provider.send([verification(4)]);
    const refused = [second, third].find((outcome) => outcome?.kind === 'rejected');
    if (refused?.kind !== 'rejected') throw new Error('none was refused');
    expect(refused).toMatchObject({ code: 'isv.BUSINESS_LIMIT_CONTROL', scope: 'row' });
    expect(limitNamed(refused.reason)).toBe('minute');
  });
});
