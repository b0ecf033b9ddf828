import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSavedTemplateSource } from '../../../../src/adapters/providers/cams/saved-template-source.ts';
import { templateSourceContract } from '../../../contracts/template-source-contract.ts';
import { answer, detail } from './details.ts';

async function saved(content: string) {
  const folder = await mkdtemp(join(tmpdir(), 'sendoff-'));
  const path = join(folder, 'template.json');
  await writeFile(path, content);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

templateSourceContract('a saved detail', async () => {
  const file = await saved(JSON.stringify([answer(detail()), detail({ Language: 'zh_CN' })]));
  return {
    source: await openSavedTemplateSource({ path: file.path, mixed: false }),
    [Symbol.asyncDispose]: file[Symbol.asyncDispose],
  };
});

describe('saved template source', () => {
  it('takes one answer as it came, byte order mark and all', async () => {
    await using file = await saved(`\uFEFF${JSON.stringify(answer(detail()))}`);
    const source = await openSavedTemplateSource({ path: file.path, mixed: false });
    expect(await source.find('order_shipped', 'en')).toMatchObject({ kind: 'found' });
  });

  it('says what the file holds instead', async () => {
    await using file = await saved(JSON.stringify([detail(), detail({ Language: 'zh_CN' })]));
    const source = await openSavedTemplateSource({ path: file.path, mixed: false });
    expect(await source.find('order_shipped', 'fr')).toEqual({
      kind: 'missing',
      code: 'NOT_IN_FILE',
      reason: `"${file.path}" holds "order_shipped" in "en", "zh_CN"`,
    });
    expect(await source.find('other', 'en')).toEqual({
      kind: 'missing',
      code: 'NOT_IN_FILE',
      reason: `"${file.path}" holds "order_shipped"`,
    });
  });

  it.each([
    ['no JSON', '{', 'is not valid JSON'],
    ['an empty array', '[]', 'is empty'],
    ['a refusal', '{"Code":"NoPermission"}', 'holds something else than a template: see "TemplateCode"'],
    ['a text', '"order_shipped"', 'holds something else than a template'],
    ['null among answers', '[null]', 'holds something else than a template'],
  ])('refuses %s', async (_name, content, message) => {
    await using file = await saved(content);
    await expect(openSavedTemplateSource({ path: file.path, mixed: false })).rejects.toMatchObject({
      kind: 'usage',
      code: 'TEMPLATE_FILE_INVALID',
      message: `the template file "${file.path}" ${message}`,
    });
  });

  it('refuses a file that is not there', async () => {
    await expect(openSavedTemplateSource({ path: '/nowhere/template.json', mixed: false })).rejects.toMatchObject({
      kind: 'usage',
      message: 'cannot read the template file "/nowhere/template.json"',
    });
  });
});
