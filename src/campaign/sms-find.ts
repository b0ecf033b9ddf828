/** One sign or text template of the account, by its exact name or code; what is not there is told with the nearest. */
import { collect } from '../domain/collect.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { nearestSigns, nearestTemplates, withApproved } from '../domain/sms/nearest-approved.ts';
import type { SmsDirectory } from '../domain/sms/sms-directory.ts';
import type { SmsSign } from '../domain/sms/sms-sign.ts';
import type { SmsTemplateFacts } from '../domain/sms/sms-template.ts';
import type { Template } from '../domain/template.ts';
import type { TemplateSource } from '../domain/template-source.ts';
import { TemplateMissingError } from './templates/find-variants.ts';

export class SignMissingError extends OperatorError {
  override readonly code = 'SIGN_MISSING';
  override readonly kind = 'invalid';
}

export async function findSmsSign(directory: SmsDirectory, name: string): Promise<SmsSign> {
  const sign = await directory.sign(name);
  if (sign !== null) return sign;
  const nearest = nearestSigns(name, await collect(directory.signs()));
  throw new SignMissingError(`the account has no sign "${name}"`, {
    hint: withApproved('list them: sendoff sms signs list', nearest),
  });
}

/** A template of text messages, with what is special about it. */
export type SmsTemplate = Template & { readonly sms: SmsTemplateFacts };

export async function findSmsTemplate(
  directory: SmsDirectory,
  templates: TemplateSource,
  code: string,
): Promise<SmsTemplate> {
  const lookup = await templates.find(code, '');
  if (lookup.kind === 'found') {
    const { template } = lookup;
    if (template.sms === null) throw new Error(`"${code}" was read as no template of text messages`);
    return { ...template, sms: template.sms };
  }
  const nearest = nearestTemplates({ code, name: null }, await collect(directory.templates()));
  throw new TemplateMissingError(`the account has no text template "${code}"`, {
    hint: withApproved('list them: sendoff sms templates list', nearest),
  });
}
