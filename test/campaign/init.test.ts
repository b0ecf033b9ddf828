import { describe, expect, it } from 'vitest';
import { initFiles } from '../../src/campaign/init.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';

const [campaignFile, listFile] = initFiles();

describe('initFiles', () => {
  it('writes a campaign and the list beside it', () => {
    expect(initFiles().map(({ path }) => path)).toEqual(['campaign.yaml', 'recipients.csv']);
  });

  it('writes a campaign that is read without a mistake', async () => {
    expect(await readCampaign({ path: 'new/campaign.yaml', flags: {} }, async () => campaignFile?.text ?? '')).toEqual({
      name: 'order-shipped',
      channel: 'whatsapp',
      from: '8613867404376',
      custSpaceId: null,
      recipients: {
        file: 'new/recipients.csv',
        to: 'phone',
        country: 'CN',
        format: null,
        delimiter: null,
        encoding: null,
        suppress: null,
      },
      fallback: null,
      rates: null,
      request: {},
      content: {
        kind: 'template',
        code: 'order_shipped',
        language: { kind: 'fixed', language: 'en' },
        params: {
          name: { kind: 'column', column: 'first_name' },
          date: { kind: 'text', text: "{{ ship_date | date: '%d %b' }}" },
        },
      },
      expect: { category: null },
      send: {
        mode: 'single',
        rate: { count: 250, perMs: 1000 },
        senderRate: { count: 80, perMs: 1000 },
        concurrency: 64,
        stopAfter: { failures: { kind: 'share', share: 0.05 }, atLeast: 50 },
        maxDurationMs: null,
        dailyCap: { kind: 'tier' },
      },
    });
  });

  it('writes ten rows with every column the campaign uses, each with an address of its own', () => {
    const [header, ...rows] = (listFile?.text ?? '').trimEnd().split('\n');
    expect(header).toBe('phone,first_name,code,ship_date');
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(row).toMatch(/^8613800\d{6},\w+,A-\d{4},\d{4}-\d{2}-\d{2}$/);
    expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(10);
  });
});
