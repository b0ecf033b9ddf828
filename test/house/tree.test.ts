/** Holds the repository to what belongs in it. */
import { execFileSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);

it('has at its top only what belongs there', () => {
  expect([...new Set(files.map((file) => file.split('/')[0]))].toSorted()).toEqual([
    '.biome.json',
    '.ci',
    '.editorconfig',
    '.gitattributes',
    '.gitignore',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'package-lock.json',
    'package.json',
    'samples',
    'src',
    'test',
    'tsconfig.json',
  ]);
});

it('names its files in kebab-case', () => {
  const named = files.filter((file) => /^(?:src|test|samples)\//.test(file));
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter((file) => !/^[a-z0-9-]+(?:\.[a-z]+)+$/.test(path.basename(file)))).toEqual([]);
});

it('says nothing of the machine it was written on', async () => {
  const foreign = /\.\.\/shared\/|(?<![\w.~-])\/(?:work|home|root)\/|\bregistry\.npmjs\.org\b/;
  const texts = await Promise.all(files.map(async (file) => [file, await contentOf(file)] as const));
  expect(texts.filter(([, content]) => foreign.test(content)).map(([file]) => file)).toEqual([]);
});

it('lets .ci/run be run', async () => {
  const { mode } = await stat(path.join(root, '.ci/run'));
  expect(mode & 0o111).toBe(0o111);
});

it('skips no test and singles none out', async () => {
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const texts = await Promise.all(tests.map(async (file) => [file, await contentOf(file)] as const));
  const marked = /\b(?:it|test|describe|suite)\.(?:skip|only|todo|skipIf|runIf|fails)\b/;
  expect(texts.filter(([, content]) => marked.test(content)).map(([file]) => file)).toEqual([]);
});

/** A file that is listed and was just removed has no content. */
function contentOf(file: string): Promise<string> {
  return readFile(path.join(root, file), 'utf8').catch(() => '');
}
