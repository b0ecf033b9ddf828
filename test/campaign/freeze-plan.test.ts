import { describe, expect, it } from 'vitest';
import { freezePlan } from '../../src/campaign/freeze-plan.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';
import { aTemplate } from '../support/a-template.ts';
import { flatten } from '../support/flatten.ts';
import { aCampaign, batchesOf, codesOf, detailOf, freezeOptions, listOf, templatesOf } from './plan-scene.ts';

const ann = ['+86 138 0010 0001', 'Ann'];
const ben = ['8613800100002', 'Ben'];
const lea = ['85298765432', 'Lea'];
const chinese = aTemplate({ language: 'zh_CN', body: parseTemplateText('你好 $(name)') });
const byRow = aCampaign({ template: { language: { kind: 'column', column: 'lang', fallback: 'en' } } });

const brokenOff: Finding = {
  row: 4,
  column: null,
  code: 'LIST_UNREADABLE',
  severity: 'fatal',
  value: null,
  message: 'the list breaks off',
  hint: null,
};

describe('freezing a plan', () => {
  it('writes every row, and counts what it wrote', async () => {
    const seen: number[] = [];
    const options = freezeOptions({
      recipients: listOf(['phone', 'name'], [ann, ['', 'Nobody'], lea, ['8613800100003', ''], ben]),
      onProgress: (rows) => seen.push(rows),
    });
    const { summary, columns, listDigest, frozen } = await freezePlan(options);
    expect(summary).toEqual({
      rows: 5,
      toSend: 3,
      duplicates: 0,
      suppressed: 0,
      invalid: 2,
      segments: null,
      cost: null,
      requests: null,
      mostToOne: 1,
      languages: [{ name: 'en', rows: 3 }],
      countries: [
        { name: 'CN', rows: 2 },
        { name: 'HK', rows: 1 },
      ],
      findings: expect.arrayContaining([
        { code: 'ADDRESS_MISSING', severity: 'error', findings: 1 },
        { code: 'PARAM_MISSING', severity: 'error', findings: 1 },
      ]),
    });
    expect({ columns, listDigest, frozen, seen }).toEqual({
      columns: ['phone', 'name'],
      listDigest: 'digest-of-the-list',
      frozen: [{ channel: 'whatsapp', code: 'order_shipped', language: 'en', detail: detailOf(aTemplate()) }],
      seen: [2, 4, 5],
    });
    const messages = await flatten(options.writer.messages());
    expect(
      messages.map(({ row, to, content }) => [row, to, content.kind === 'template' && content.params['name']]),
    ).toEqual([
      [2, '8613800100001', 'Ann'],
      [4, '85298765432', 'Lea'],
      [6, '8613800100002', 'Ben'],
    ]);
    expect((await flatten(options.writer.invalidRows())).map(({ row, cells }) => [row, cells])).toEqual([
      [3, ['', 'Nobody']],
      [5, ['8613800100003', '']],
    ]);
    options.writer.discard();
  });

  it('fetches each language once, when a row first asks for it', async () => {
    const templates = templatesOf(aTemplate(), chinese);
    const options = freezeOptions({
      campaign: byRow,
      templates,
      recipients: listOf(
        ['phone', 'name', 'lang'],
        [
          [...ann, 'zh_CN'],
          [...ben, ''],
          [...lea, 'zh_CN'],
          ['8613800100004', 'Tom', 'fr'],
          ['8613800100005', 'Eve', 'fr'],
          ['8613800100006', 'Max', 'en'],
        ],
      ),
    });
    const { summary, frozen } = await freezePlan(options);
    expect(templates.lookUps).toEqual(['order_shipped zh_CN', 'order_shipped en', 'order_shipped fr']);
    expect(summary).toMatchObject({
      toSend: 4,
      invalid: 2,
      languages: [
        { name: 'zh_CN', rows: 2 },
        { name: 'en', rows: 2 },
      ],
    });
    expect(frozen.map(({ language }) => language)).toEqual(['zh_CN', 'en']);
    expect(await codesOf(options.writer)).toContain('5 LANGUAGE_NOT_AVAILABLE');
    options.writer.discard();
  });

  it('does not freeze a variant in which nothing can go', async () => {
    const paused = aTemplate({ language: 'fr', status: 'paused', statusWord: 'PAUSED' });
    const options = freezeOptions({
      campaign: byRow,
      templates: templatesOf(aTemplate(), paused),
      recipients: listOf(
        ['phone', 'name', 'lang'],
        [
          [...ann, 'fr'],
          [...ben, 'en'],
        ],
      ),
    });
    const { frozen, templates, summary } = await freezePlan(options);
    expect(frozen.map(({ language }) => language)).toEqual(['en']);
    expect([...templates.keys()]).toEqual(['fr', 'en']);
    expect(summary).toMatchObject({ toSend: 1, invalid: 1 });
    options.writer.discard();
  });

  it('corrects languages and countries by what repeats and what is suppressed', async () => {
    const options = freezeOptions({
      recipients: listOf(['phone', 'name'], [ann, ann, lea, lea, ben, [ann[0] ?? '', 'Anna']]),
      suppressed: listOf(['number'], [['+852 9876 5432']]),
    });
    const { summary } = await freezePlan(options);
    expect(summary).toMatchObject({
      rows: 6,
      toSend: 3,
      duplicates: 1,
      suppressed: 2,
      invalid: 0,
      mostToOne: 2,
      languages: [{ name: 'en', rows: 3 }],
      countries: [{ name: 'CN', rows: 3 }],
    });
    expect((await flatten(options.writer.messages())).map(({ row }) => row)).toEqual([2, 6, 7]);
    expect(await codesOf(options.writer)).toEqual(
      expect.arrayContaining(['3 DUPLICATE', '4 SUPPRESSED', '5 SUPPRESSED', '7 SAME_ADDRESS']),
    );
    options.writer.discard();
  });

  it('learns columns as they appear', async () => {
    const row = (number: number, ...cells: readonly string[]) => ({ number, cells, findings: [] });
    const options = freezeOptions({
      recipients: batchesOf([
        { columns: ['phone'], columnsComplete: false, rows: [row(1, '8613800100001')], findings: [] },
        { columns: ['phone', 'name'], columnsComplete: false, rows: [row(2, ...ben), row(3, ...lea)], findings: [] },
      ]),
    });
    const { summary, columns } = await freezePlan(options);
    expect(columns).toEqual(['phone', 'name']);
    expect(summary).toMatchObject({ rows: 3, toSend: 2, invalid: 1 });
    expect(await codesOf(options.writer)).toEqual(['1 PARAM_MISSING']);
    options.writer.discard();
  });

  it('says at the end what no row has brought', async () => {
    const row = { number: 1, cells: ['8613800100001'], findings: [] };
    const options = freezeOptions({
      recipients: batchesOf([{ columns: ['phone'], columnsComplete: false, rows: [row], findings: [] }]),
    });
    const { summary } = await freezePlan(options);
    expect(summary.findings).toContainEqual({ code: 'VARIABLE_UNFILLED', severity: 'fatal', findings: 1 });
    options.writer.discard();
  });

  it('stops reading at a fatal finding, and keeps what it had', async () => {
    const row = (number: number, cells: readonly string[]) => ({ number, cells, findings: [] });
    const columns = ['phone', 'name'];
    const recipients = batchesOf([
      { columns, columnsComplete: true, rows: [row(2, ann)], findings: [] },
      { columns, columnsComplete: true, rows: [row(3, ben)], findings: [brokenOff] },
      { columns, columnsComplete: true, rows: [row(4, lea)], findings: [] },
    ]);
    const options = freezeOptions({ recipients });
    const { summary, listDigest } = await freezePlan(options);
    expect(recipients.batchesRead()).toBe(2);
    expect(listDigest).toBe('');
    expect(summary.findings).toContainEqual({ code: 'LIST_UNREADABLE', severity: 'fatal', findings: 1 });
    expect(summary.rows).toBe(1);
    options.writer.discard();
  });

  it.each([
    [
      'the header cannot be used',
      batchesOf([{ columns: [], columnsComplete: true, rows: [], findings: [brokenOff] }]),
      [],
    ],
    ['no column holds the address', listOf(['number', 'name'], [ann, ben, lea]), ['order_shipped en']],
  ])('reads no further when %s', async (_name, recipients, lookUps) => {
    const templates = templatesOf(aTemplate());
    const options = freezeOptions({ recipients, templates });
    const { summary } = await freezePlan(options);
    expect(summary).toMatchObject({ rows: 0, toSend: 0 });
    expect(summary.findings.map(({ severity }) => severity)).toContain('fatal');
    expect(recipients.batchesRead()).toBe(1);
    expect(templates.lookUps).toEqual(lookUps);
    options.writer.discard();
  });

  it('plans nothing from a list without batches', async () => {
    const options = freezeOptions({ recipients: batchesOf([]) });
    expect((await freezePlan(options)).summary).toMatchObject({ rows: 0, toSend: 0, languages: [], countries: [] });
    options.writer.discard();
  });
});
