/** Holds the README to the program: commands, flags, exit codes, fields, columns, events and files. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { knownFields, knownFieldsWithText } from '../../src/campaign/campaign-schema.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { knownSmsFields } from '../../src/campaign/sms-campaign-schema.ts';
import { createContext } from '../../src/cli/context.ts';
import { exitCode } from '../../src/cli/exit-code.ts';
import { createProgram } from '../../src/cli/program.ts';
import { reportTable } from '../../src/domain/report-table.ts';
import { faultNames } from '../../src/emulator/fault-rule.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { emulated, planRecord } from '../support/plan-record.ts';

const root = path.join(import.meta.dirname, '../..');
const readme = await readFile(path.join(root, 'README.md'), 'utf8');
const program = registered();

/** The commands as they are registered; none of them is run. */
function registered() {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const exitNow = (code: number): never => {
    throw new Error(`left with ${code}`);
  };
  const io = { args: [], env: {}, ...streams, onInterrupt: () => () => {}, exitNow };
  return createProgram(
    io,
    createContext(
      io,
      fakeClock(),
      { code: undefined },
      () => exitCode.bug,
      (parts) => parts,
    ),
  );
}

/** Of a command and of the commands under it. */
function flagsOf(command: Command | undefined): readonly string[] {
  if (command === undefined) return [];
  const own = command.options.flatMap(({ long }) => long ?? []);
  return [...own, ...command.commands.flatMap(flagsOf), '--help'];
}

/** The command lines of indented and fenced blocks: `sendoff` and what follows it, without a pipe or an ellipsis. */
function commandLines(): readonly (readonly [command: string, words: string])[] {
  const inBlocks = [...readme.matchAll(/^(?: {4}\$ .*|.*\bsendoff (?:send daily|plan camp|send camp).*)$/gm)];
  return inBlocks.flatMap(([line]) => {
    const [, command, words] = /\bsendoff ([a-z]+)([^|…]*)/.exec(line) ?? [];
    return command === undefined || words === undefined ? [] : [[command, words] as const];
  });
}

/** The campaigns it shows: with a template, with words of one's own, and of text messages. */
function yamlOfCampaigns(): readonly string[] {
  return [...readme.matchAll(/^```yaml\n(name: .*?)^```/gms)].map(([, yaml = '']) => yaml);
}

describe('the README', () => {
  it('shows its two commands on the first screen', () => {
    const screen = readme.split('\n').slice(0, 45).join('\n');
    expect([screen.includes('$ npm ci && npm run demo'), screen.includes('$ npm ci && npm test')]).toEqual([
      true,
      true,
    ]);
  });

  it('has every command in its table, and no other', () => {
    const table = [...readme.matchAll(/^\| `([a-z]+)(?: [^`]*)?` \|/gm)].map(([, name]) => name);
    expect(table.toSorted()).toEqual(program.commands.map((command) => command.name()).toSorted());
  });

  it('has every exit code in its table, and no other', () => {
    const table = [...readme.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(table).toEqual(Object.values(exitCode));
  });

  it.each(commandLines())('shows a command line that exists: sendoff %s%s', (command, words) => {
    const flags = [...words.matchAll(/(?<=\s)--[a-z-]+/g)].map(([flag]) => flag);
    const known = program.commands.find((each) => each.name() === command);
    expect(known).toBeDefined();
    expect(flags.filter((flag) => !flagsOf(known).includes(flag))).toEqual([]);
  });

  it('names only flags that exist', () => {
    const ofOthers = ['--global'];
    const known = new Set([...flagsOf(program), ...ofOthers]);
    const named = [...readme.matchAll(/(?<=[\s`])--[a-z][a-z-]*/g)].map(([flag]) => flag);
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
  });

  it('names every flag, but for those that only say what a field of the campaign file says', () => {
    const flags = program.commands.flatMap((command) =>
      command.options.filter(
        ({ helpGroupHeading }) => helpGroupHeading !== 'Campaign:' && helpGroupHeading !== 'Pace:',
      ),
    );
    const names = new Set(flags.flatMap(({ long }) => long ?? []));
    expect([...names].filter((name) => !readme.includes(name))).toEqual([]);
  });

  it('shows a campaign with every field, which can be read', async () => {
    const yamls = yamlOfCampaigns();
    const missingIn = (known: typeof knownFields, shown: readonly string[]) => {
      const fields = Object.values(known).flat();
      return fields.filter((field) => !shown.some((yaml) => new RegExp(`\\b${field}:`).test(yaml)));
    };
    const ofTexts = yamls.filter((yaml) => /^channel: sms/m.test(yaml));
    const withTexts = yamls.filter((yaml) => /^ {2}channel: sms/m.test(yaml));
    // What stands beside the fallback is the same in every campaign of WhatsApp.
    const fieldsOfFallback = Object.entries(knownFieldsWithText).filter(
      ([group]) => group.startsWith('fallback') && !group.endsWith('.*'),
    );
    // Lists are the same on every channel.
    const { recipients: _, ...fieldsOfTexts } = knownSmsFields;
    expect([
      missingIn(knownFields, yamls),
      missingIn(fieldsOfTexts, ofTexts),
      missingIn(Object.fromEntries(fieldsOfFallback), withTexts),
    ]).toEqual([[], [], []]);
    const read = (yaml: string) => readCampaign({ path: 'campaign.yaml', flags: {} }, async () => yaml);
    expect(await Promise.all(yamls.map(read))).toMatchObject([
      { name: 'spring-sale', content: { kind: 'template', code: 'order_shipped' } },
      { name: 'table-ready', content: { kind: 'session', type: 'text' } },
      { name: 'sms-shipped', content: { kind: 'sms', outId: 'spring-sale' }, send: { mode: 'batch' } },
      { name: 'shipped-or-sms', fallback: { kind: 'sms', on: ['131026'], send: { mode: 'batch' } } },
    ]);
  });

  it('names every column that a report adds', () => {
    const plan = planRecord({ ...emulated, columns: [] });
    expect(reportTable(plan).columns.filter((column) => !readme.includes(`\`${column}\``))).toEqual([]);
  });

  it('names every event', async () => {
    const files = await readdir(path.join(root, 'src/cli'), { recursive: true });
    const sources = await Promise.all(
      files.filter((file) => file.endsWith('.ts')).map((file) => readFile(path.join(root, 'src/cli', file), 'utf8')),
    );
    const events = new Set([...sources.join('').matchAll(/\{ event: '([a-z]+)'/g)].map(([, name]) => name));
    expect(events).toContain('exit');
    expect(
      [...events].filter((name) => !readme.includes(`\`${name}\``) && !readme.includes(`"event":"${name}"`)),
    ).toEqual([]);
  });

  it('names only files that are there', () => {
    const named = [...readme.matchAll(/\b(?:samples\/[\w.-]+|[A-Z]+\.md)\b/g)].map(([file]) => file);
    expect(named).toContain('samples/order-shipped.yaml');
    expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

it('shows every fault in samples/faults.yaml', async () => {
  const sample = await readFile(path.join(root, 'samples/faults.yaml'), 'utf8');
  expect(faultNames.filter((name) => !sample.includes(`#   ${name} `))).toEqual([]);
});
