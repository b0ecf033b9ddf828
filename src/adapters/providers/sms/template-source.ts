/** Looks templates of text messages up at the service. */
import type { TemplateLookup, TemplateSource } from '../../../domain/template-source.ts';
import { ServiceRefusedError, ServiceUnreachableError } from '../alibaba-cloud/errors.ts';
import { refusalError } from '../alibaba-cloud/refusal-error.ts';
import type { SmsLookUpOptions } from './look-ups.ts';
import { frozenSmsDetail, parseSmsTemplate, smsTemplateSchema } from './parse-sms-template.ts';

export function createSmsTemplateSource({ lookUps, credentials }: SmsLookUpOptions): TemplateSource {
  return {
    /** A template has no variants, so that the language does not matter. */
    async find(code) {
      await credentials.getCredentials();
      const answer = await lookUps.ask('GetSmsTemplate', { TemplateCode: code });
      switch (answer.kind) {
        case 'ok':
          return readTemplate(answer.body);
        case 'rejected':
          if (missingCodes.has(answer.code)) return { kind: 'missing', code: answer.code, reason: answer.reason };
          throw refusalError('sms', answer);
        default:
          throw new ServiceUnreachableError(`no answer about template "${code}": ${answer.code}: ${answer.reason}`, {
            hint: 'check the connection and try again; nothing was sent',
          });
      }
    },
  };
}

/** A definite no about this code. Source: the error codes of Short Message Service, and its guide for agents. */
const missingCodes: ReadonlySet<string> = new Set(['isv.SMS_TEMPLATE_ILLEGAL', 'TemplateNotFound']);

function readTemplate(body: Readonly<Record<string, unknown>>): TemplateLookup {
  const parsed = smsTemplateSchema.safeParse(body);
  if (parsed.success) {
    return { kind: 'found', template: parseSmsTemplate(parsed.data), detail: frozenSmsDetail(parsed.data) };
  }
  const [issue] = parsed.error.issues;
  throw new ServiceRefusedError('the service described the template in a way sendoff cannot read', {
    hint: `unexpected value at ${issue?.path.join('.') || 'the top'}; a newer version of sendoff may help`,
  });
}
