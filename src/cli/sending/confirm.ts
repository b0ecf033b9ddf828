/** Asks a person to type the number of messages, so that nobody confirms what they have not read. */
import { createInterface } from 'node:readline/promises';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Io } from '../io.ts';
import { formatCount } from '../render/number.ts';

export class NotConfirmedError extends OperatorError {
  override readonly code = 'NOT_CONFIRMED';
  override readonly kind = 'usage';
}

export interface Confirmation {
  readonly messages: number;
  /** `--yes` */
  readonly yes: boolean;
  /** False with `--no-input`. */
  readonly mayAsk: boolean;
  /** The command that goes on with what was planned. */
  readonly command: string;
}

/** Returns when it is confirmed; throws `NotConfirmedError` otherwise. */
export async function confirm(io: Pick<Io, 'stdin' | 'stderr'>, wanted: Confirmation): Promise<void> {
  const { messages, yes, mayAsk, command } = wanted;
  if (yes) return;
  if (!mayAsk || io.stdin.isTTY !== true || io.stderr.isTTY !== true) {
    throw new NotConfirmedError('nothing was handed over: there is no terminal to confirm on', {
      hint: `confirm with --yes: ${command} --yes`,
    });
  }
  const answer = await ask(
    io,
    `Type ${messages} to hand over ${formatCount(messages, 'message')}, anything else to leave: `,
  );
  if (answer.replaceAll(/[,.\s]/g, '') === String(messages)) return;
  throw new NotConfirmedError('nothing was handed over: not confirmed', {
    hint: `the plan is kept; to go on: ${command}`,
  });
}

/** The line a person types; empty where they leave instead. */
export async function ask({ stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>, question: string): Promise<string> {
  const prompt = createInterface({ input: stdin, output: stderr });
  const leaving = new AbortController();
  prompt.on('close', () => leaving.abort());
  try {
    return await prompt.question(question, { signal: leaving.signal });
  } catch {
    // Ctrl-C or Ctrl-D at the prompt.
    stderr.write('\n');
    return '';
  } finally {
    prompt.close();
  }
}
