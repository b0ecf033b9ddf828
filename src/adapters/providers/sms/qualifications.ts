/** Who owns the signs: QuerySmsQualificationRecord, page by page, and QuerySingleSmsQualification. */
import { z } from 'zod';
import { ownValue } from '../../../domain/own-value.ts';
import type {
  Qualification,
  QualificationListing,
  QualificationStatus,
  Qualifications,
} from '../../../domain/sms/qualification.ts';
import type { SmsLookUpOptions } from './look-ups.ts';
import { count, type Page, pageSize, readAnswer, readPages } from './read-answer.ts';
import { optionalText } from './wire-fields.ts';

export function createSmsQualifications({ lookUps, credentials }: SmsLookUpOptions): Qualifications {
  async function readPage(number: number): Promise<Page<QualificationListing>> {
    const fields = { PageNo: String(number), PageSize: String(pageSize) };
    const answer = await lookUps.ask('QuerySmsQualificationRecord', fields);
    const { Data } = readAnswer(answer, pageSchema, 'the qualifications');
    return { total: Data?.Total ?? null, entries: (Data?.List ?? []).map(listingOf) };
  }

  return {
    async *list() {
      await credentials.getCredentials();
      yield* readPages(readPage);
    },
    async read(id) {
      await credentials.getCredentials();
      const answer = await lookUps.ask('QuerySingleSmsQualification', { QualificationGroupId: id });
      return qualificationOf(id, readAnswer(answer, detailSchema, `the qualification ${id}`).Data);
    },
  };
}

/** The list and the detail have words of their own for the same states. Source: the API page of each. */
const statuses: Readonly<Record<string, QualificationStatus>> = {
  INIT: 'pending',
  INT: 'pending',
  PASS: 'approved',
  PASSED: 'approved',
  NOT_PASS: 'rejected',
  FAILED: 'rejected',
  CANCEL: 'cancelled',
  CANCELED: 'cancelled',
  NOT_FINISH: 'unfinished',
};

function statusOf(word: string | null): Pick<Qualification, 'status' | 'statusWord'> {
  return { status: ownValue(statuses, word ?? '') ?? 'unknown', statusWord: word ?? '' };
}

/** The service writes 无 where there is nothing to say. */
const remark = optionalText.transform((text) => (text === '无' ? null : text));

/** Ids are numbers on the wire. */
const id = z.union([z.string(), z.number().transform(String)]);

const entrySchema = z.looseObject({
  GroupId: id,
  QualificationGroupName: optionalText,
  CompanyName: optionalText,
  LegalPersonName: optionalText,
  StateName: optionalText,
  AuditRemark: remark,
  CreateDate: optionalText,
});

const pageSchema = z.looseObject({
  Data: z.looseObject({ Total: count.nullish(), List: z.array(entrySchema).nullish() }).nullish(),
});

function listingOf(wire: z.output<typeof entrySchema>): QualificationListing {
  return {
    id: wire.GroupId,
    name: wire.QualificationGroupName ?? '',
    company: wire.CompanyName,
    legalPerson: wire.LegalPersonName,
    ...statusOf(wire.StateName),
    remark: wire.AuditRemark,
    createdAt: wire.CreateDate,
  };
}

const papers = z.array(z.looseObject({ PicUrl: optionalText })).nullish();

const detailSchema = z.looseObject({
  Data: z.looseObject({
    QualificationName: optionalText,
    CompanyName: optionalText,
    CompanyType: optionalText,
    OrganizationCode: optionalText,
    EffTimeStr: optionalText,
    LegalPersonName: optionalText,
    LegalPersonIDCardNo: optionalText,
    LegalPersonIDCardType: optionalText,
    LegalPersonIdCardEffTime: optionalText,
    AdminName: optionalText,
    AdminPhoneNo: optionalText,
    AdminIDCardNo: optionalText,
    AdminIDCardType: optionalText,
    AdminIDCardExpDate: optionalText,
    AdminIDCardPic: optionalText,
    AdminIDCardFrontFace: optionalText,
    BusinessLicensePics: papers,
    OtherFiles: papers,
    State: optionalText,
    Remark: remark,
  }),
});

function qualificationOf(id: string, wire: z.output<typeof detailSchema>['Data']): Qualification {
  const pictures = [...(wire.BusinessLicensePics ?? []), ...(wire.OtherFiles ?? [])].map(({ PicUrl }) => PicUrl);
  return {
    id,
    name: wire.QualificationName ?? '',
    company: wire.CompanyName,
    companyType: wire.CompanyType,
    organizationCode: wire.OrganizationCode,
    valid: wire.EffTimeStr,
    ...statusOf(wire.State),
    legalPerson: {
      name: wire.LegalPersonName,
      idCard: wire.LegalPersonIDCardNo,
      idCardType: wire.LegalPersonIDCardType,
      idCardValid: wire.LegalPersonIdCardEffTime,
      phone: null,
    },
    admin: {
      name: wire.AdminName,
      idCard: wire.AdminIDCardNo,
      idCardType: wire.AdminIDCardType,
      idCardValid: wire.AdminIDCardExpDate,
      phone: wire.AdminPhoneNo,
    },
    papers: [wire.AdminIDCardFrontFace, wire.AdminIDCardPic, ...pictures].filter((link) => link !== null),
    remark: wire.Remark,
  };
}
