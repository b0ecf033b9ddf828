/** Holds package.json, the lock file and the sources to each other. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { version } from '../../src/domain/version.ts';

const root = path.join(import.meta.dirname, '../..');
const versions = z.record(z.string(), z.string()).prefault({});
const text = (file: string) => readFile(path.join(root, file), 'utf8');

const manifest = z
  .object({
    version: z.string(),
    bin: z.object({ sendoff: z.string() }),
    files: z.array(z.string()),
    scripts: versions,
    dependencies: versions,
    devDependencies: versions,
  })
  .parse(JSON.parse(await text('package.json')));

const lock = z
  .object({
    version: z.string(),
    packages: z.record(
      z.string(),
      z.object({
        version: z.string(),
        dependencies: versions,
        devDependencies: versions,
        resolved: z.string().optional(),
      }),
    ),
  })
  .parse(JSON.parse(await text('package-lock.json')));

/** The packages that the TypeScript files of a folder import, types included. */
async function packagesIn(folder: string): Promise<ReadonlySet<string>> {
  const files = (await readdir(path.join(root, folder), { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(files.map((file) => text(path.join(folder, file))));
  const named = sources
    .join('\n')
    .matchAll(/(?:\bfrom |\bimport\(|\brequire\()'((?:@[a-z0-9-]+\/)?[a-z0-9-]+)(?:\/[^']*)?'/g);
  return new Set([...named].map(([, name = '']) => name));
}

describe('package.json', () => {
  it('names every dependency at an exact version', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, wanted]) => !/^\d+\.\d+\.\d+$/.test(wanted))).toEqual([]);
  });

  it('installs for users what the program imports, and nothing else', async () => {
    const imported = await packagesIn('src');
    expect(Object.keys(manifest.dependencies).filter((name) => !imported.has(name))).toEqual([]);
    expect(Object.keys(manifest.devDependencies).filter((name) => imported.has(name))).toEqual([]);
  });

  it('packs the readme, the changelog, the licence, the samples and the program it names', () => {
    expect(manifest.files.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'samples']);
    expect([...manifest.files, manifest.bin.sendoff].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('has the version that the program says, the lock file has and the changelog begins with', async () => {
    const [, newest] = /^## (\S+)$/m.exec(await text('CHANGELOG.md')) ?? [];
    expect([version, lock.version, lock.packages['']?.version, newest]).toEqual(Array(4).fill(manifest.version));
  });
});

describe('package-lock.json', () => {
  it('wants what package.json wants', () => {
    const { dependencies, devDependencies } = lock.packages[''] ?? {};
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });

  it('names no registry, so that everyone may use their own', () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
