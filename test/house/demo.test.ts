/** The first thing a stranger runs. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CliResult, startNode } from '../support/run-cli.ts';

const demo = path.join(import.meta.dirname, '../../samples/demo.js');

/** It sends for five seconds, and a busy machine takes its time to start anything. */
const patience = 120_000;

let folder: string;
let first: CliResult;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sendoff-demo-'));
  first = await startNode([demo, folder], {}).ended;
}, patience);

afterAll(() => rm(folder, { recursive: true, force: true }));

it('ends well, says that send ended with 6, and shows the balance', () => {
  expect(first.code).toBe(0);
  expect(first.stdout).toContain('EMULATOR  nobody receives anything');
  expect(first.stdout).toMatch(/accepted {2}396\nrejected {4}4\n/);
  expect(first.stdout).toContain('send ended with 6: finished, and some rows failed for good.');
});

it('leaves the run file and the results', async () => {
  expect((await readdir(folder)).toSorted()).toEqual(['demo.csv', 'demo.run']);
});

it('names commands to try next that work', async () => {
  const next = [...first.stdout.matchAll(/^ {2}npx sendoff ((?:preview|explain) \S+(?: --\S+)*)/gm)];
  const codes = await Promise.all(
    next.map(([, words = '']) => {
      const root = path.join(import.meta.dirname, '../..');
      return startNode(['dist/cli/main.js', ...words.split(' ')], { cwd: root }).ended;
    }),
  );
  expect(codes.map(({ code }) => code)).toEqual([0, 0]);
});

it(
  'works a second time',
  async () => {
    const again = await startNode([demo, folder], {}).ended;
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('results: ')]);
  },
  patience,
);
