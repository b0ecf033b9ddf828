/**
 * The log: what the program did, for those who operate it, on standard error. Addresses are masked, message text and
 * secrets never get here.
 */
import pino, { type Logger as Pino } from 'pino';
import { maskAddress } from '../domain/mask.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Provider } from '../domain/provider.ts';
import type { TextStream } from './io.ts';

export type Logger = Pick<Pino, 'debug' | 'info' | 'warn' | 'error'>;

/** A path such as `*.accessKeySecret` does not cover the key at the top, so both are listed. */
const secrets = ['accessKeyId', 'accessKeySecret', 'securityToken', 'authorization', 'params', 'to'];

export function createLogger(stream: TextStream, level: string): Logger {
  return pino(
    { level, base: null, redact: [...secrets, ...secrets.map((name) => `*.${name}`)] },
    { write: (line) => stream.write(line) },
  );
}

/** Logs every request: accepted ones for debugging, the others as what they are. */
export function withLog(inner: Provider, log: Logger): Provider {
  return {
    ...inner,
    async send(batch) {
      const startedAt = performance.now();
      const outcomes = await inner.send(batch);
      const tookMs = Math.round(performance.now() - startedAt);
      batch.forEach((message, index) => {
        const outcome = outcomes[index];
        if (outcome !== undefined)
          logOutcome(log, { row: message.row, recipient: maskAddress(message.to), tookMs }, outcome);
      });
      return outcomes;
    },
  };
}

function logOutcome(log: Logger, about: Readonly<Record<string, unknown>>, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'accepted':
      log.debug({ ...about, ...namesIn(outcome), requestId: outcome.requestId }, 'accepted');
      return;
    case 'throttled':
      log.info({ ...about, code: outcome.code, requestId: outcome.requestId }, 'throttled');
      return;
    case 'rejected':
    case 'unknown':
    case 'unreachable':
      log.warn({ ...about, code: outcome.code, reason: outcome.reason }, outcome.kind);
  }
}

function namesIn(outcome: Extract<Outcome, { kind: 'accepted' }>): Readonly<Record<string, string>> {
  return outcome.messageId === null ? { groupMessageId: outcome.groupMessageId } : { messageId: outcome.messageId };
}
