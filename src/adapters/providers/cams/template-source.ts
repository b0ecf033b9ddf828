/** Looks templates up at the service, one variant at a time. */
import type { TemplateLookup, TemplateSource } from '../../../domain/template-source.ts';
import { ServiceRefusedError, ServiceUnreachableError } from '../alibaba-cloud/errors.ts';
import { refusalError } from '../alibaba-cloud/refusal-error.ts';
import { canonicalDetail } from './canonical-detail.ts';
import type { CamsLookUpOptions } from './look-ups.ts';
import { parseTemplateDetail, templateDetailSchema } from './parse-template-detail.ts';
import { spaceFields } from './space.ts';

export function createCamsTemplateSource({ lookUps, credentials, ...calls }: CamsLookUpOptions): TemplateSource {
  return {
    async find(code, language) {
      await credentials.getCredentials();
      const answer = await lookUps.ask('GetChatappTemplateDetail', {
        TemplateCode: code,
        Language: language,
        TemplateType: 'WHATSAPP',
        ...spaceFields(calls.custSpaceId),
      });
      switch (answer.kind) {
        case 'ok':
          return readDetail(answer.body['Data']);
        case 'rejected':
          if (missingCodes.has(answer.code)) return { kind: 'missing', code: answer.code, reason: answer.reason };
          throw refusalError('cams', answer, calls);
        default:
          throw new ServiceUnreachableError(`no answer about template "${code}": ${answer.code}: ${answer.reason}`, {
            hint: 'check the connection and try again; nothing was sent',
          });
      }
    },
  };
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
