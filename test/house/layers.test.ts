/** Holds the linter to the layers: each import here would break one, and the linter must say so. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');

const alone = "the emulator stands alone: it must not share the client's reading of the service";

/** A file, what it imports, and what the linter says of it; null where it may. */
const imports: readonly (readonly [string, string, string | null])[] = [
  ['src/domain/a.ts', '../run/execute-run.ts', 'domain imports only domain'],
  ['src/domain/b.ts', '../campaign/make-plan.ts', 'domain imports only domain'],
  ['src/domain/c.ts', '../adapters/reports/csv.ts', 'domain imports only domain'],
  ['src/domain/d.ts', '../cli/io.ts', 'domain imports only domain'],
  ['src/domain/e.ts', '../emulator/server.ts', 'domain imports only domain'],
  ['src/domain/f.ts', 'node:fs', 'domain is pure: no files, no streams, no clock'],
  ['src/domain/g.ts', 'node:fs/promises', 'domain is pure: no files, no streams, no clock'],
  ['src/domain/h.ts', 'node:crypto', null],
  ['src/run/a.ts', '../adapters/quotas/local-pacer.ts', 'run imports only run and domain'],
  ['src/run/b.ts', '../campaign/make-plan.ts', 'run imports only run and domain'],
  ['src/run/c.ts', '../domain/clock.ts', null],
  ['src/campaign/a.ts', '../adapters/reports/csv.ts', 'campaign imports only campaign, run and domain'],
  ['src/campaign/b.ts', '../cli/io.ts', 'campaign imports only campaign, run and domain'],
  ['src/campaign/c.ts', '../run/execute-run.ts', null],
  ['src/adapters/quotas/a.ts', '../../run/execute-run.ts', 'adapters import only domain and their SDK'],
  ['src/adapters/quotas/b.ts', '../../campaign/make-plan.ts', 'adapters import only domain and their SDK'],
  ['src/adapters/quotas/c.ts', '../../emulator/server.ts', 'adapters import only domain and their SDK'],
  ['src/adapters/quotas/d.ts', '../../domain/quota.ts', null],
  ['src/emulator/a.ts', '../domain/template.ts', alone],
  ['src/emulator/b.ts', '@alicloud/openapi-client', alone],
  ['src/cli/a.ts', '../adapters/reports/csv.ts', 'only cli/compose.ts knows adapters and the emulator'],
  ['src/cli/actions/b.ts', '../../emulator/server.ts', 'only cli/compose.ts knows adapters and the emulator'],
  ['src/cli/compose/c.ts', '../../emulator/server.ts', null],
];

let folder: string;
/** What the linter says, by file. */
let said: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sendoff-layers-'));
  await cp(path.join(root, '.biome.json'), path.join(folder, '.biome.json'));
  for (const [file, imported] of imports) {
    await write(file, `import { it } from '${imported}';\n\nexport const again = it;\n`);
  }
  await write('src/run/lazy.ts', "export const lazy = () => import('../adapters/quotas/local-pacer.ts');\n");
  await write(
    'src/run/type.ts',
    "import type { It } from '../adapters/quotas/local-pacer.ts';\n\nexport type Again = It;\n",
  );
  await write('src/run/hen.ts', "import { egg } from './egg.ts';\n\nexport const hen = () => egg;\n");
  await write('src/run/egg.ts', "import { hen } from './hen.ts';\n\nexport const egg = () => hen;\n");
  said = await lint();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(imports)('tells of %s that it imports %s: %s', (file, _imported, message) => {
  expect(said.get(file) ?? []).toEqual(message === null ? [] : [message]);
});

it.each(['src/run/lazy.ts', 'src/run/type.ts'])('tells of %s, which imports late or only types', (file) => {
  expect(said.get(file)).toEqual(['run imports only run and domain']);
});

it('tells of both files that import each other', () => {
  expect([said.get('src/run/hen.ts'), said.get('src/run/egg.ts')]).toEqual([
    ['This import is part of a cycle.'],
    ['This import is part of a cycle.'],
  ]);
});

async function write(file: string, text: string): Promise<void> {
  const to = path.join(folder, file);
  await mkdir(path.dirname(to), { recursive: true });
  await writeFile(to, text);
}

/** Biome has a form of output for GitHub: one finding a line. */
async function lint(): Promise<ReadonlyMap<string, readonly string[]>> {
  const findings = /^::error .*?file=(?<file>[^,]+),.*?::(?<message>.*)$/gm;
  const byFile = new Map<string, string[]>();
  for (const { groups = {} } of (await output()).matchAll(findings)) {
    const file = path.relative(folder, groups['file'] ?? '');
    byFile.set(file, [...(byFile.get(file) ?? []), groups['message'] ?? '']);
  }
  return byFile;
}

/** Ends with 1, as it must here. */
function output(): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '.'],
      { cwd: folder },
      (_, stdout) => resolve(stdout),
    );
  });
}
