/** A command line that cannot be understood. */
import type { CommanderError } from 'commander';
import { OperatorError } from '../domain/operator-error.ts';

export class UsageError extends OperatorError {
  override readonly code = 'USAGE';
  override readonly kind = 'usage';
}

/**
 * The same mistake in our words. Commander gives one text: `error: ` in front, a suggestion in brackets on a line of its
 * own, and the mistake of a value, which `parsedBy` writes with its hint on the next line.
 */
export function usageErrorOf({ message }: CommanderError, help: string): UsageError {
  const [first = '', second] = message.replace(/^error: /, '').split('\n');
  const [, option, mistake] = /^option '(?:-\w, )?(--[\w-]+).*?' argument '.*' is invalid\. (.*)$/s.exec(first) ?? [];
  const hint = second?.replace(/^\(Did you mean (.*)\)$/, 'did you mean $1') ?? `see ${help}`;
  return new UsageError(mistake === undefined ? first.replace(/\.$/, '') : `${option}: ${mistake}`, { hint });
}
