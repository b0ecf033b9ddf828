import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/domain/version.ts';
import { runCli } from '../support/run-cli.ts';
import { eventsOf } from './workbench.ts';

const run = (...args: readonly string[]) => runCli(args, { cwd: tmpdir() });

const common = ['--json', '--no-input', '--quiet', '--log-level', '--help'];
const service = ['--endpoint', '--region', '--profile', '--emulator', '--faults'];
const pace = ['--rate', '--sender-rate', '--concurrency', '--stop-after', '--stop-after-at-least', '--max-duration'];
const campaign = [
  ...['--name', '--channel', '--from', '--sign', '--template', '--language', '--language-column', '--to', '--country'],
  ...['--param', '--param-text', '--format', '--delimiter', '--encoding', '--suppress'],
  ...pace,
];
const invalid = ['--skip-invalid', '--max-invalid', '--max-messages'];
const plan = ['--run', ...invalid, '--valid-for'];
const sending = ['--yes', '--dry-run', '--limit', '--results', '--error-on-nothing'];

const flagsOf: Readonly<Record<string, readonly string[]>> = {
  init: [],
  check: ['--rejected', '--jsonl', '--template-file', ...service, ...invalid, ...campaign],
  preview: ['--row', '--template-file', ...service, ...campaign],
  plan: ['--template-file', ...service, ...plan, ...campaign],
  send: ['--only', ...service, ...plan, ...sending, ...campaign],
  resume: ['--only', ...service, ...sending, ...pace],
  retry: ['--class', '--code', '--after', ...service, ...sending, ...pace],
  status: [],
  runs: [],
  report: ['--csv', '--jsonl', '--md', '--json-file'],
  explain: [],
  emulator: ['--port', '--quota', '--latency', '--fault', '--faults', '--seed', '--log'],
};

describe('help', () => {
  it('opens with what sendoff does, its commands and a first try', async () => {
    const help = await run('--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('Sends one message to every row of a list through Alibaba Cloud');
    for (const command of Object.keys(flagsOf)) expect(help.stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
    expect(help.stdout).toContain('  sendoff send demo/campaign.yaml --emulator\n');
    const widest = Math.max(...help.stdout.split('\n').map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(80);
  });

  it.each(Object.keys(flagsOf))('of %s names every flag it takes', async (command) => {
    const help = await run(command, '--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    const named = help.stdout.match(/^ +(?:-h, )?--[a-z-]+/gm)?.map((flag) => flag.replace(/^ +(?:-h, )?/, ''));
    expect(named?.toSorted()).toEqual(expect.arrayContaining([...(flagsOf[command] ?? []), ...common].toSorted()));
  });

  it('says what --max-invalid means for --skip-invalid', async () => {
    const { stdout } = await run('plan', '--help');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '--max-invalid <threshold> leave out at most so many invalid rows: 5% or 20; means --skip-invalid',
    );
  });
});

it('tells its version', async () => {
  expect(await run('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it('shows its help to somebody who says nothing, as a mistake', async () => {
  const nothing = await run();
  expect(nothing).toMatchObject({ code: 2, stdout: '' });
  expect(nothing.stderr).toContain('Usage: sendoff <command> [options]\n');
  expect(nothing.stderr).not.toContain('error:');
});

describe('a command line that cannot be read', () => {
  const mistakes: readonly [readonly string[], string, string][] = [
    [['sned', 'x.yaml'], "unknown command 'sned'", 'did you mean send?'],
    [['--foo'], "unknown option '--foo'", 'see sendoff --help'],
    [['send', 'x.yaml', '--yess'], "unknown option '--yess'", 'did you mean --yes?'],
    [['check', 'x.yaml', '--yes'], "unknown option '--yes'", 'see sendoff check --help'],
    [['retry', 'x.run', '--only', '8613800000000'], "unknown option '--only'", 'see sendoff retry --help'],
    [['plan'], "missing required argument 'campaign'", 'see sendoff plan --help'],
    [
      ['send', 'x.run', '--limit', '0'],
      '--limit: "0" is not a whole number from 1 to 1000000000',
      'write a number such as 1',
    ],
    [
      ['send', 'x.yaml', '--max-invalid', 'few'],
      '--max-invalid: "few" is neither a share nor a number',
      'write a share above 0% and up to 100%, such as 5%, or a whole number above 0, such as 20',
    ],
    [
      ['status', '--log-level', 'loud'],
      '--log-level: "loud" is not a level',
      'write debug, info, warn, error or silent',
    ],
    [
      ['retry', 'x.run', '--class', 'rows'],
      '--class: "rows" is not a class',
      'write transient, row, campaign or account',
    ],
    [
      ['check', 'x.yaml', '--emulator', '--endpoint', 'https://cams.example'],
      "option '--emulator' cannot be used with option '--endpoint <url>'",
      'see sendoff check --help',
    ],
    [
      ['check', 'x.yaml', '--endpoint', 'http://cams.example'],
      '--endpoint: "http://cams.example" is not encrypted',
      'write https://cams.example; http is for this machine only',
    ],
    [
      ['check', 'x.yaml', '--param', 'name'],
      '--param: "name" fills no variable',
      'write variable=column, such as name=first_name',
    ],
  ];
  it.each(mistakes)('ends with 2 before anything is done: %j', async (args, message, hint) => {
    expect(await run(...args)).toMatchObject({ code: 2, stdout: '', stderr: `error: ${message}\nhint: ${hint}\n` });
    expect(eventsOf(await run(...args, '--json'))).toEqual([
      { event: 'error', code: 'USAGE', message, hint },
      { event: 'exit', code: 2, balance: null, run: null },
    ]);
  });
});
