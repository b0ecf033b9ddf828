import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultNames } from '../../src/emulator/fault-rule.ts';
import { parseFaultFlag, parseFaults } from '../../src/emulator/faults.ts';
import { operationNames } from '../../src/emulator/operation-name.ts';

const everyRequest = { action: 'send', share: 1 };

function errorOf(parse: () => unknown): { message: string; hint: string | undefined } {
  try {
    parse();
  } catch (error) {
    if (error instanceof Error && 'hint' in error) return { message: error.message, hint: String(error.hint) };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a fault file', () => {
  it('fills in what a rule leaves out', () => {
    const text = `
faults:
  - { fault: latency, minMs: 20, maxMs: 120, action: any }
  - fault: refuse
    code: 131026
    numbers: [8613800000001, "8613800000002"]
    times: 1
  - { fault: error-500, share: 2.5% }
  - { fault: throttle, share: .5 }
`;
    expect(parseFaults(text, 'faults.yaml')).toEqual([
      { fault: 'latency', minMs: 20, maxMs: 120, action: 'any', share: 1 },
      {
        fault: 'refuse',
        code: '131026',
        afterMs: 0,
        numbers: ['8613800000001', '8613800000002'],
        times: 1,
        ...everyRequest,
      },
      { fault: 'error-500', accept: false, afterMs: 0, action: 'send', share: 0.025 },
      { fault: 'throttle', afterMs: 0, action: 'send', share: 0.5 },
    ]);
  });

  it('may be JSON', () => {
    expect(parseFaults('{"faults": [{"fault": "truncated"}]}', 'faults.json')).toEqual([
      { fault: 'truncated', afterMs: 0, ...everyRequest },
    ]);
  });

  it.each([
    ['no mapping', '- fault: hang-after', 'f.yaml:1:1: must be a mapping'],
    ['no faults', '{}', 'f.yaml:1:1: faults must be a list of faults'],
    ['an unknown key', 'faults: []\nseeds: 1', 'f.yaml:1:1: unknown key "seeds"'],
    [
      'an unknown key of a rule',
      'faults:\n  - fault: throttle\n  - fault: cut-after\n    shar: 5%',
      'f.yaml:3:5: unknown key "faults[1].shar"',
    ],
    [
      'a share above one',
      'faults:\n  - fault: cut-after\n    share: 5',
      'f.yaml:3:12: faults[0].share must be a share from 0 to 1, or a percentage such as 5%',
    ],
    [
      'a number with a plus',
      'faults:\n  - fault: cut-after\n    numbers: ["+8613800000001"]',
      'f.yaml:3:15: faults[0].numbers[0] must be digits only, with the country code',
    ],
    [
      'a latency that runs backwards',
      'faults:\n  - { fault: latency, minMs: 20, maxMs: 10 }',
      'f.yaml:2:41: faults[0].maxMs must not be below minMs',
    ],
    ['a latency without a range', 'faults:\n  - fault: latency', 'f.yaml:2:5: faults[0].minMs must be milliseconds'],
    [
      'a refusal without a code',
      'faults:\n  - fault: refuse',
      'f.yaml:2:5: faults[0].code must be an error code such as 131026',
    ],
    [
      'an unknown operation',
      'faults:\n  - { fault: throttle, action: Send }',
      `f.yaml:2:32: faults[0].action must be one of send, any, ${operationNames.join(', ')}`,
    ],
    [
      'an unknown fault',
      'faults:\n  - fault: hang',
      `f.yaml:2:12: faults[0].fault must be one of ${faultNames.join(', ')}`,
    ],
  ])('refuses %s, saying where', (_, text, message) => {
    expect(errorOf(() => parseFaults(text, 'f.yaml'))).toEqual({
      message,
      hint: 'samples/faults.yaml shows every fault and its keys',
    });
  });

  it('refuses what is no YAML, saying where', () => {
    expect(errorOf(() => parseFaults('faults:\n  - {', 'f.yaml')).message).toMatch(/^f\.yaml:2:\d+: not valid YAML: /);
    expect(errorOf(() => parseFaults('faults: *nowhere', 'f.yaml')).message).toMatch(/^f\.yaml.*: not valid YAML: /);
  });

  it('is shown by a sample that names every fault and strikes people of the sample list', () => {
    const sample = readFileSync(new URL('../../samples/faults.yaml', import.meta.url), 'utf8');
    const list = readFileSync(new URL('../../samples/recipients.csv', import.meta.url), 'utf8');
    const rules = parseFaults(sample, 'samples/faults.yaml');
    expect(rules.map(({ fault }) => fault)).toEqual(['latency', 'refuse', 'refuse', 'refuse']);
    for (const name of faultNames) expect(sample).toContain(name);
    for (const number of rules.flatMap(({ numbers = [] }) => numbers)) expect(list).toContain(`\n${number},`);
  });
});

describe('a fault flag', () => {
  it.each([
    ['cut-after=2%', { fault: 'cut-after', afterMs: 0, action: 'send', share: 0.02 }],
    ['hang-before', { fault: 'hang-before', ...everyRequest }],
    ['refuse:131026=5%', { fault: 'refuse', code: '131026', afterMs: 0, ...everyRequest, share: 0.05 }],
    ['throttle:130429=0.1', { fault: 'throttle', code: '130429', afterMs: 0, ...everyRequest, share: 0.1 }],
    ['latency=20-120', { fault: 'latency', minMs: 20, maxMs: 120, ...everyRequest }],
    ['latency=80', { fault: 'latency', minMs: 80, maxMs: 80, ...everyRequest }],
  ])('%s', (text, rule) => {
    expect(parseFaultFlag(text)).toEqual(rule);
  });

  it.each([
    ['cut-after=lots', 'fault "cut-after=lots": share must be a share from 0 to 1, or a percentage such as 5%'],
    ['cut-after=200%', 'fault "cut-after=200%": share must be a share from 0 to 1, or a percentage such as 5%'],
    ['cut-after:131026=5%', 'fault "cut-after:131026=5%": unknown key "code"'],
    ['refuse=5%', 'fault "refuse=5%": code must be an error code such as 131026'],
    ['latency=fast', 'fault "latency=fast": minMs must be milliseconds'],
    ['latency', 'fault "latency": minMs must be milliseconds'],
    ['', `fault "": fault must be one of ${faultNames.join(', ')}`],
  ])('refuses %j', (text, message) => {
    expect(errorOf(() => parseFaultFlag(text))).toEqual({
      message,
      hint: `write cut-after=2%, refuse:131026=5% or latency=20-120; faults are ${faultNames.join(', ')}`,
    });
  });
});
