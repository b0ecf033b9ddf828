import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addOnlyOption,
  addPlanOptions,
  addSendOptions,
  addServiceOptions,
  addTemplateFileOption,
} from '../../src/cli/shared-options.ts';

function parse(args: readonly string[]): Record<string, unknown> {
  const command = new Command('send').exitOverride().configureOutput({ writeErr: () => {} });
  for (const add of [addServiceOptions, addTemplateFileOption, addPlanOptions, addSendOptions, addOnlyOption])
    add(command);
  return command.parse(args, { from: 'user' }).opts();
}

function refusal(args: readonly string[]): string {
  try {
    parse(args);
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
  throw new Error('not refused');
}

describe('shared options', () => {
  it('are values of their own kind', () => {
    expect(
      parse([
        ...['--endpoint', 'http://localhost:4010/', '--region', 'ap-southeast-1', '--profile', 'ci'],
        ...['--template-file', 'detail.json', '--run', 'runs/a.run', '--skip-invalid', '--max-invalid', '5%'],
        ...[
          '--max-messages',
          '1000',
          '--max-spend',
          '12.5',
          '--valid-for',
          '24h',
          '--yes',
          '--dry-run',
          '--limit',
          '10',
        ],
        ...['--only', '+86 138 0000 0000', '--results', 'out.csv'],
      ]),
    ).toEqual({
      endpoint: 'http://localhost:4010',
      region: 'ap-southeast-1',
      profile: 'ci',
      templateFile: 'detail.json',
      run: 'runs/a.run',
      skipInvalid: true,
      maxInvalid: { kind: 'share', share: 0.05 },
      maxMessages: 1000,
      maxSpend: 12_500_000,
      validFor: 86_400_000,
      yes: true,
      dryRun: true,
      limit: 10,
      only: '8613800000000',
      results: 'out.csv',
    });
  });

  it('are absent when they are not given', () => {
    expect(parse([])).toEqual({});
  });

  it('start the emulator when it is to make faults', () => {
    expect(parse(['--faults', 'faults.yaml'])).toEqual({ emulator: true, faults: 'faults.yaml' });
  });

  it.each([
    [
      ['--limit', '0'],
      `error: option '--limit <n>' argument '0' is invalid. "0" is not a whole number from 1 to 1000000000\nwrite a number such as 1`,
    ],
    [
      ['--max-invalid', 'few'],
      `error: option '--max-invalid <threshold>' argument 'few' is invalid. "few" is neither a share nor a number\nwrite a share above 0% and up to 100%, such as 5%, or a whole number above 0, such as 20`,
    ],
    [
      ['--valid-for', '24'],
      `error: option '--valid-for <duration>' argument '24' is invalid. "24" has no unit\nwrite 24s, 24m, 24h or 24d`,
    ],
    [
      ['--only', '138'],
      `error: option '--only <to>' argument '138' is invalid. "138" is not a telephone number\nwrite 7 to 15 digits with the country code, such as 8613800000000`,
    ],
    [
      ['--run', ''],
      `error: option '--run <file>' argument '' is invalid. the value is blank\nis a variable of the shell unset?`,
    ],
    [
      ['--region', 'evil.example/'],
      `error: option '--region <id>' argument 'evil.example/' is invalid. "evil.example/" is not a region\nwrite one such as ap-southeast-1`,
    ],
    [
      ['--endpoint', 'http://cams.example'],
      `error: option '--endpoint <url>' argument 'http://cams.example' is invalid. "http://cams.example" is not encrypted\nwrite https://cams.example; http is for this machine only`,
    ],
    [
      ['--emulator', '--endpoint', 'https://cams.example'],
      `error: option '--emulator' cannot be used with option '--endpoint <url>'`,
    ],
  ])('refuse %j before anything is done', (args, told) => {
    expect(refusal(args)).toBe(told);
  });
});
