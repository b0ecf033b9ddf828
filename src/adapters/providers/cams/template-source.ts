/** Looks templates up at the service, within its limit for look-ups; a look-up changes nothing and may be repeated. */
import Bottleneck from 'bottleneck';
import { lookUp } from '../../../domain/catalogue.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { OperatorError } from '../../../domain/operator-error.ts';
import type { TemplateLookup, TemplateSource } from '../../../domain/template-source.ts';
import { canonicalDetail } from './canonical-detail.ts';
import type { CamsClient } from './client.ts';
import type { CredentialSource } from './credentials.ts';
import { AccessRefusedError, ServiceRefusedError, ServiceUnreachableError } from './errors.ts';
import type { Answer } from './outcome.ts';
import { parseTemplateDetail, templateDetailSchema } from './parse-template-detail.ts';

export interface CamsTemplateSourceOptions {
  readonly client: CamsClient;
  /** Those of the client: asked first, so that trouble with them is told in their own words. */
  readonly credentials: CredentialSource;
  /** For the waits between tries. */
  readonly clock: Clock;
}

/** GetChatappTemplateDetail: 5 calls a second for an account. Source: its API page. The margin is for jitter. */
const betweenCallsMs = 220;

/** Waits before the second, third and fourth try. */
const backoffMs = [500, 1500, 4000] as const;

export function createCamsTemplateSource({ client, credentials, clock }: CamsTemplateSourceOptions): TemplateSource {
  const limiter = new Bottleneck({ minTime: betweenCallsMs, maxConcurrent: 5 });

  async function askPatiently(fields: Readonly<Record<string, string>>): Promise<Answer> {
    const ask = () => limiter.schedule(() => client.call('GetChatappTemplateDetail', { query: fields }));
    let answer = await ask();
    for (const waitMs of backoffMs) {
      if (!mayPass(answer)) break;
      await new Promise<void>((resolve) => clock.schedule(waitMs, resolve));
      answer = await ask();
    }
    return answer;
  }

  return {
    async find(code, language) {
      await credentials.getCredentials();
      const answer = await askPatiently({ TemplateCode: code, Language: language, TemplateType: 'WHATSAPP' });
      switch (answer.kind) {
        case 'ok':
          return readDetail(answer.body['Data']);
        case 'rejected':
          if (missingCodes.has(answer.code)) return { kind: 'missing', code: answer.code, reason: answer.reason };
          throw refusalError(answer.code, answer.reason);
        default:
          throw new ServiceUnreachableError(`no answer about template "${code}": ${answer.code}: ${answer.reason}`, {
            hint: 'check the connection and try again; nothing was sent',
          });
      }
    },
  };
}

function mayPass(answer: Answer): boolean {
  return answer.kind === 'throttled' || answer.kind === 'unreachable' || answer.kind === 'unknown';
}

/** A definite no about this code in this language. Source: CAMS error codes page. */
const missingCodes: ReadonlySet<string> = new Set([
  'DetailError.TemplateNotExist',
  'TemplateNotFound',
  'InvalidParameter.LanguageNotSupport',
]);

function readDetail(data: unknown): TemplateLookup {
  if (typeof data !== 'object' || data === null) {
    return { kind: 'missing', code: 'NO_DATA', reason: 'the service answered without a template' };
  }
  const parsed = templateDetailSchema.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ServiceRefusedError('the service described the template in a way sendoff cannot read', {
      hint: `unexpected value at ${issue?.path.join('.') ?? 'Data'}; a newer version of sendoff may help`,
    });
  }
  return { kind: 'found', template: parseTemplateDetail(parsed.data), detail: canonicalDetail(data) };
}

/** Codes about the caller: the key, its signature, the clock it signs with, its rights. */
const access =
  /^(Signature|IncompleteSignature|InvalidSignature|InvalidTimeStamp|IllegalTimestamp|InvalidAccessKeyId|MissingAccessKeyId|(Invalid|Missing)SecurityToken|NoPermission|Ram\.PermissionDeny|Authentication\.NoAuth|ActionUnauthorized|Forbidden(\.RAM|\.NotSupportRAM|\.AccessKeyDisabled)?$)/;

function refusalError(code: string, reason: string): OperatorError {
  const message = `the service refuses: ${code}: ${reason}`;
  const hint = lookUp(code, 'cams')?.fix;
  return access.test(code) ? new AccessRefusedError(message, { hint }) : new ServiceRefusedError(message, { hint });
}
