import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { unsettledReasons } from '../../src/campaign/reconcile-reasons.ts';
import { runCli } from '../support/run-cli.ts';
import { eventOf, eventsOf } from './workbench.ts';

const explain = (...args: readonly string[]) => runCli(['explain', ...args], { cwd: tmpdir() });

describe('explain', () => {
  it('tells cause, fix, who is affected and whether a retry helps', async () => {
    const known = await explain('131026');
    expect(known).toMatchObject({ code: 0, stderr: '' });
    expect(known.stdout.startsWith('131026  (WhatsApp)\n  cause     The message cannot be delivered: ')).toBe(true);
    expect(known.stdout).toMatch(/\n {2}fix {7}.*\n {2}affects {3}.*\n {2}retry {5}.*\n {2}went out {2}no\n/s);
  });

  it('knows the codes of findings and of its own errors, case aside', async () => {
    expect(await explain('param_missing')).toMatchObject({
      code: 0,
      stdout: `PARAM_MISSING  (a finding of sendoff)
  cause  A variable of the template has no value in this row.
  fix    Fill the cell, or give a default: {{ column | default: "…" }}.
`,
    });
    expect(await explain('RUN_LOCKED')).toMatchObject({
      code: 0,
      stdout: `RUN_LOCKED  (an error of sendoff)
  cause  Another process is sending from this run file.
  fix    Wait for it, or watch it with sendoff status.
`,
    });
  });

  it.each(Object.keys(unsettledReasons))('knows why a row stays unknown: %s', async (reason) => {
    expect(await explain(reason)).toMatchObject({ code: 0, stdout: expect.stringContaining(reason) });
  });

  it('offers what is near to a code that it does not know', async () => {
    expect(await explain('13102')).toMatchObject({ code: 2, stdout: '' });
    expect((await explain('13102')).stderr).toMatch(/^no code "13102" is known; did you mean 1310\d\d.*\?\n$/);
    expect((await explain('RUN_LOKED')).stderr).toContain('did you mean RUN_LOCKED');
    expect(await explain('nothing-like-it')).toMatchObject({
      code: 2,
      stderr: 'no code "nothing-like-it" is known\n',
    });
  });

  it('answers machines with the same', async () => {
    const known = await explain('131049', '--json');
    expect(eventOf(known, 'explanation')).toMatchObject({
      kind: 'known',
      code: '131049',
      meanings: [{ kind: 'service', entry: { code: '131049', scope: 'row' } }],
    });
    const unknown = await explain('131O49', '--json');
    expect(eventOf(unknown, 'explanation')).toMatchObject({ kind: 'unknown', code: '131O49' });
    expect(eventsOf(unknown).at(-1)).toEqual({ event: 'exit', code: 2, balance: null, run: null });
  });
});
