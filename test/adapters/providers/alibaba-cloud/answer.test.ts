import { describe, expect, it } from 'vitest';
import { answerOfError } from '../../../../src/adapters/providers/alibaba-cloud/answer.ts';

function networkError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}POST https://host/?Content=hello failed.`), { code, syscall });
}

function aggregate(...errors: Error[]): Error {
  return Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' });
}

/** What a server cannot be made to do on a test's behalf. */
describe('answerOfError', () => {
  it.each<[string, unknown, object]>([
    ['a connection that timed out', networkError('ETIMEDOUT', 'connect'), { kind: 'unreachable', code: 'ETIMEDOUT' }],
    ['a host without a route', networkError('EHOSTUNREACH', 'connect'), { kind: 'unreachable', code: 'EHOSTUNREACH' }],
    ['no network', networkError('ENETUNREACH', 'connect'), { kind: 'unreachable', code: 'ENETUNREACH' }],
    ['a resolver that is down', networkError('EAI_AGAIN', 'getaddrinfo'), { kind: 'unreachable', code: 'EAI_AGAIN' }],
    [
      'every address of a host refused',
      aggregate(networkError('ETIMEDOUT', 'connect'), networkError('ENETUNREACH', 'connect')),
      { kind: 'unreachable', code: 'ETIMEDOUT' },
    ],
    [
      'one of several errors after the connection',
      aggregate(networkError('ETIMEDOUT', 'connect'), networkError('ETIMEDOUT', 'read')),
      { kind: 'unknown', code: 'ETIMEDOUT' },
    ],
    [
      'a certificate that is over',
      networkError('CERT_HAS_EXPIRED', ''),
      { kind: 'unreachable', code: 'CERT_HAS_EXPIRED' },
    ],
    ['a read that timed out', networkError('ETIMEDOUT', 'read'), { kind: 'unknown', code: 'ETIMEDOUT' }],
    ['a write into a closed pipe', networkError('EPIPE', 'write'), { kind: 'unknown', code: 'EPIPE' }],
    [
      'the time-out that says it could not connect',
      Object.assign(new Error('ConnectTimeout: Connect https://host/?Content=hello failed.'), {
        name: 'RequestTimeoutError',
      }),
      { kind: 'unknown', code: 'RequestTimeoutError', reason: 'no answer in time' },
    ],
    [
      'an answer of the wrong shape',
      new Error('type of body is mismatch, expect object'),
      { kind: 'unknown', code: 'UNREADABLE_ANSWER' },
    ],
    [
      'credentials that the SDK misses before it connects',
      Object.assign(new Error('Please set up the credentials'), { code: 'InvalidCredentials' }),
      { kind: 'rejected', code: 'InvalidCredentials', scope: 'account' },
    ],
    ['something that is no error', 'hello', { kind: 'unknown', code: 'UNREADABLE_ANSWER' }],
    ['nothing', undefined, { kind: 'unknown', code: 'UNREADABLE_ANSWER' }],
  ])('reads %s without repeating its words', (_name, error, answer) => {
    const read = answerOfError('cams', error);
    expect(read).toMatchObject(answer);
    expect(JSON.stringify(read)).not.toContain('hello');
  });
});
