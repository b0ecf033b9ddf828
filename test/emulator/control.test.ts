import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { sampleTemplates } from '../../src/emulator/templates.ts';
import { callService, sendMessage } from './support/signed-request.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const get = (path: string) => fetch(`${emulator.url}/_emulator/${path}`);

function change(fields: object, contentType = 'application/json') {
  return fetch(`${emulator.url}/_emulator/templates`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: JSON.stringify(fields),
  });
}

describe('the control endpoints', () => {
  it('show the counts and what was accepted, as the object does', async () => {
    await sendMessage(emulator.url);
    await sendMessage(emulator.url, { To: '8613800000002' });
    expect(await (await get('stats')).json()).toEqual(emulator.stats());
    const lines = (await (await get('log')).text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(emulator.accepted());
    expect(emulator.accepted()).toHaveLength(2);
  });

  it('show an empty log when nothing was accepted', async () => {
    expect(await (await get('log')).text()).toBe('');
  });

  it('list the templates', async () => {
    expect(await (await get('templates')).json()).toEqual(sampleTemplates);
  });

  it('are not counted as requests to the service', async () => {
    await get('stats');
    expect(emulator.stats().requests).toBe(0);
  });

  it('say what there is to somebody who is lost', async () => {
    const answer = await get('nothing');
    expect([answer.status, await answer.json()]).toEqual([
      404,
      {
        error:
          'the emulator has GET log, stats and templates, and POST templates, windows, inbound, sms-signs and sms-templates, under /_emulator/',
      },
    ]);
  });
});

describe('changing a template', () => {
  it('pauses it while the emulator runs', async () => {
    const before = await sendMessage(emulator.url);
    const changed = await change({ TemplateCode: 'order_shipped', Language: 'en', AuditStatus: 'paused' });
    const after = await sendMessage(emulator.url);
    expect([before.body['Code'], changed.status, after.body['Code']]).toEqual(['OK', 200, '132015']);
  });

  it('gives it another text, with other variables', async () => {
    await change({
      TemplateCode: 'order_shipped',
      Language: 'en',
      Components: [{ Type: 'BODY', Text: 'Hi $(name), it is on its way.' }],
    });
    const { body } = await callService(emulator.url, {
      action: 'GetChatappTemplateDetail',
      query: { TemplateCode: 'order_shipped', Language: 'en' },
    });
    expect(body).toHaveProperty('Data.Components', [{ Type: 'BODY', Text: 'Hi $(name), it is on its way.' }]);
    expect((await sendMessage(emulator.url)).body['Code']).toBe('132000');
    const answer = await sendMessage(emulator.url, { TemplateParams: '{"name":"Ann"}' });
    expect(answer.body['Code']).toBe('OK');
  });

  it('leaves its other languages as they are', async () => {
    await change({ TemplateCode: 'order_shipped', Language: 'en', AuditStatus: 'disabled' });
    expect((await sendMessage(emulator.url, { Language: 'es' })).body['Code']).toBe('OK');
  });

  it('registers a new one when every field is there', async () => {
    const [sample] = sampleTemplates;
    const added = { ...sample, TemplateCode: 'fresh', Name: 'fresh' };
    const answer = await change(added);
    expect([answer.status, await answer.json()]).toEqual([200, added]);
    expect((await sendMessage(emulator.url, { TemplateCode: 'fresh' })).body['Code']).toBe('OK');
  });

  it.each<[what: string, fields: object, error: RegExp]>([
    ['without its code', { Language: 'en' }, /^TemplateCode /],
    ['to an unknown state', { TemplateCode: 'order_shipped', Language: 'en', AuditStatus: 'gone' }, /^AuditStatus /],
    [
      'with an unknown field',
      { TemplateCode: 'order_shipped', Language: 'en', Status: 'pass' },
      /^unknown key "Status"$/,
    ],
    ['that does not exist, in part', { TemplateCode: 'fresh', Language: 'en', AuditStatus: 'pass' }, /^Name /],
  ])('is refused %s', async (_, fields, error) => {
    const answer = await change(fields);
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.stringMatching(error) }]);
    expect(await (await get('templates')).json()).toEqual(sampleTemplates);
  });

  it('is refused from a web form, which any page could send', async () => {
    const answer = await change({ TemplateCode: 'order_shipped', Language: 'en', AuditStatus: 'paused' }, 'text/plain');
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'send the change as application/json' }]);
    expect(await (await get('templates')).json()).toEqual(sampleTemplates);
  });
});
