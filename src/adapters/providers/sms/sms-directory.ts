/** Lists the signs and templates of an account: QuerySmsSignList and QuerySmsTemplateList, page by page. */
import { z } from 'zod';
import type { SignListing, SmsDirectory, SmsTemplateListing } from '../../../domain/sms/sms-directory.ts';
import type { SmsLookUpOptions } from './look-ups.ts';
import { smsTemplateKind } from './parse-sms-template.ts';
import { count, type Page, pageSize, readAnswer, readPages } from './read-answer.ts';
import { reviewStatus } from './review-status.ts';
import { missingSignCodes, signOf, signSchema } from './sign-source.ts';
import { optionalText } from './wire-fields.ts';

export function createSmsDirectory({ lookUps, credentials }: SmsLookUpOptions): SmsDirectory {
  async function signPage(number: number): Promise<Page<SignListing>> {
    const answer = await lookUps.ask('QuerySmsSignList', pageFields(number));
    const { TotalCount, SmsSignList } = readAnswer(answer, signPageSchema, 'the signs');
    return { total: TotalCount ?? null, entries: (SmsSignList ?? []).map(signListing) };
  }

  async function templatePage(number: number): Promise<Page<SmsTemplateListing>> {
    const answer = await lookUps.ask('QuerySmsTemplateList', pageFields(number));
    const { TotalCount, SmsTemplateList } = readAnswer(answer, templatePageSchema, 'the templates');
    return { total: TotalCount ?? null, entries: (SmsTemplateList ?? []).map(templateListing) };
  }

  return {
    async *signs() {
      await credentials.getCredentials();
      yield* readPages(signPage);
    },
    async *templates() {
      await credentials.getCredentials();
      yield* readPages(templatePage);
    },
    async sign(name) {
      await credentials.getCredentials();
      const answer = await lookUps.ask('GetSmsSign', { SignName: name });
      if (answer.kind === 'rejected' && missingSignCodes.has(answer.code)) return null;
      return signOf(name, readAnswer(answer, signSchema, `the sign "${name}"`));
    },
  };
}

function pageFields(number: number): Readonly<Record<string, string>> {
  return { PageIndex: String(number), PageSize: String(pageSize) };
}

/** What both lists tell of an entry's review. */
const reviewFields = {
  AuditStatus: optionalText,
  CreateDate: optionalText,
  Reason: z.looseObject({ RejectInfo: optionalText }).nullish(),
};

const signSchemaOfList = z.looseObject({ SignName: z.string(), BusinessType: optionalText, ...reviewFields });

const signPageSchema = z.looseObject({
  TotalCount: count.nullish(),
  SmsSignList: z.array(signSchemaOfList).nullish(),
});

const templateSchemaOfList = z.looseObject({
  TemplateCode: z.string(),
  TemplateName: optionalText,
  TemplateContent: optionalText,
  OuterTemplateType: optionalText,
  ...reviewFields,
});

const templatePageSchema = z.looseObject({
  TotalCount: count.nullish(),
  SmsTemplateList: z.array(templateSchemaOfList).nullish(),
});

function signListing(wire: z.output<typeof signSchemaOfList>): SignListing {
  return { name: wire.SignName, type: wire.BusinessType, ...reviewOf(wire) };
}

function templateListing(wire: z.output<typeof templateSchemaOfList>): SmsTemplateListing {
  return {
    code: wire.TemplateCode,
    name: wire.TemplateName ?? wire.TemplateCode,
    // The list has two numberings of the types, and this is the one of GetSmsTemplate. Source: QuerySmsTemplateList page.
    kind: smsTemplateKind(wire.OuterTemplateType),
    text: wire.TemplateContent ?? '',
    ...reviewOf(wire),
  };
}

/** The service writes that there are no remarks where nothing was refused. */
function reviewOf({
  AuditStatus,
  CreateDate,
  Reason,
}: Pick<z.output<typeof signSchemaOfList>, keyof typeof reviewFields>): Pick<
  SignListing,
  'status' | 'statusWord' | 'reason' | 'createdAt'
> {
  const status = reviewStatus(AuditStatus);
  return {
    status,
    statusWord: AuditStatus ?? '',
    reason: status === 'rejected' ? (Reason?.RejectInfo ?? null) : null,
    createdAt: CreateDate,
  };
}
