/** Looks signs up at the service: GetSmsSign, with the filings at the three carriers. */
import { z } from 'zod';
import {
  type CarrierFiling,
  carriers,
  type FilingStatus,
  type SignSource,
  type SmsSign,
} from '../../../domain/sms/sms-sign.ts';
import { untoldBy } from '../alibaba-cloud/untold.ts';
import type { SmsLookUpOptions } from './look-ups.ts';
import { reviewStatus } from './review-status.ts';
import { optionalText } from './wire-fields.ts';

export function createSmsSignSource({ lookUps, credentials }: SmsLookUpOptions): SignSource {
  return {
    async find(name) {
      await credentials.getCredentials();
      const answer = await lookUps.ask('GetSmsSign', { SignName: name });
      if (answer.kind === 'rejected' && missingSignCodes.has(answer.code)) {
        return { kind: 'missing', code: answer.code, reason: answer.reason };
      }
      if (answer.kind !== 'ok') return untoldBy('sms', answer);
      const parsed = signSchema.safeParse(answer.body);
      if (!parsed.success) {
        return { kind: 'untold', code: 'UNREADABLE', reason: 'its answer cannot be read', missingRight: null };
      }
      return { kind: 'found', sign: signOf(name, parsed.data) };
    },
  };
}

/** A definite no about this sign. Source: the error codes of Short Message Service, and its guide for agents. */
export const missingSignCodes: ReadonlySet<string> = new Set(['isv.SMS_SIGNATURE_ILLEGAL', 'SignatureNotFound']);

const filingSchema = z.looseObject({
  OperatorCode: optionalText,
  RegisterStatus: z.union([z.number(), z.string().transform(Number)]).nullish(),
  RegisterStatusReasons: z
    .array(z.looseObject({ ReasonCode: optionalText, ReasonDescList: z.array(z.string()).nullish() }))
    .nullish(),
});

export const signSchema = z.looseObject({
  SignStatus: z.union([z.number(), z.string()]),
  AuditInfo: z.looseObject({ RejectInfo: optionalText }).nullish(),
  SignIspRegisterDetailList: z.array(filingSchema).nullish(),
});

/** Source: GetSmsSign page, RegisterStatus. */
const filingStatuses: ReadonlyMap<number, FilingStatus> = new Map([
  [-2, 'notFiled'],
  [-1, 'filing'],
  [0, 'failed'],
  [1, 'toVerify'],
  [2, 'expired'],
  [3, 'filed'],
]);

export function signOf(name: string, wire: z.output<typeof signSchema>): SmsSign {
  const filings = wire.SignIspRegisterDetailList ?? [];
  return {
    name,
    status: reviewStatus(wire.SignStatus),
    reason: wire.AuditInfo?.RejectInfo ?? null,
    filings: carriers.map((carrier): CarrierFiling => {
      const filing = filings.find(({ OperatorCode }) => OperatorCode?.toLowerCase() === carrier);
      return {
        carrier,
        status: filingStatuses.get(filing?.RegisterStatus ?? Number.NaN) ?? 'untold',
        reasons: (filing?.RegisterStatusReasons ?? []).flatMap(({ ReasonCode, ReasonDescList }) =>
          ReasonDescList?.length ? ReasonDescList : (ReasonCode ?? []),
        ),
      };
    }),
  };
}
