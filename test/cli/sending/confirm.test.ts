import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Confirmation, confirm } from '../../../src/cli/sending/confirm.ts';

const wanted: Confirmation = {
  messages: 1234,
  yes: false,
  mayAsk: true,
  command: 'sendoff send x.run',
};

/** A terminal at which a person types: what is written to it, and what it shows. */
function terminal({ isTTY = true } = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const shown: string[] = [];
  stderr.on('data', (chunk) => shown.push(String(chunk)));
  return { io: { stdin, stderr }, type: (text: string) => stdin.write(text), text: () => shown.join('') };
}

/** What came of it: null where it was confirmed. */
async function outcomeOf(confirming: Promise<void>): Promise<unknown> {
  try {
    await confirming;
    return null;
  } catch (error) {
    return error;
  }
}

describe('confirm', () => {
  it.each(['1234', '1,234', ' 1234 ', '1.234', '1 234'])('takes "%s" for 1,234 messages', async (typed) => {
    const { io, type, text } = terminal();
    const confirming = confirm(io, wanted);
    type(`${typed}\n`);
    expect(await outcomeOf(confirming)).toBeNull();
    expect(text()).toContain('Type 1234 to hand over 1,234 messages, anything else to leave: ');
  });

  it.each(['', 'y', 'yes', '123', '12345', '-1234', '1234 please'])('leaves for "%s"', async (typed) => {
    const { io, type } = terminal();
    const confirming = confirm(io, wanted);
    type(`${typed}\n`);
    expect(await outcomeOf(confirming)).toMatchObject({
      code: 'NOT_CONFIRMED',
      kind: 'usage',
      message: 'nothing was handed over: not confirmed',
      hint: 'the plan is kept; to go on: sendoff send x.run',
    });
  });

  it('leaves where the input ends without an answer, as by Ctrl-D', async () => {
    const { io } = terminal();
    const confirming = confirm(io, wanted);
    await setImmediate();
    io.stdin.end();
    expect(await outcomeOf(confirming)).toMatchObject({ message: 'nothing was handed over: not confirmed' });
  });

  it('leaves on Ctrl-C', async () => {
    const { io, type } = terminal();
    const confirming = confirm(io, wanted);
    type('\u0003');
    expect(await outcomeOf(confirming)).toMatchObject({ message: 'nothing was handed over: not confirmed' });
  });

  it('asks nobody with --yes', async () => {
    const { io, text } = terminal();
    expect(await outcomeOf(confirm(io, { ...wanted, yes: true }))).toBeNull();
    expect(text()).toBe('');
  });

  it.each([
    ['without a terminal', terminal({ isTTY: false }), wanted],
    ['with --no-input', terminal(), { ...wanted, mayAsk: false }],
  ])('names the flag %s, and asks nothing', async (_title, { io, text }, confirmation) => {
    expect(await outcomeOf(confirm(io, confirmation))).toMatchObject({
      message: 'nothing was handed over: there is no terminal to confirm on',
      hint: 'confirm with --yes: sendoff send x.run --yes',
    });
    expect(text()).toBe('');
  });
});
