/**
 * The signatures of the emulated account: one for every state of the review, one for verification codes only, and one that not
 * every carrier has on file.
 */
import type { Carrier } from './sms-number.ts';

export const reviewStates = ['pending', 'approved', 'refused', 'cancelled'] as const;

/** The state of a review, whatever the operation calls it. */
export type ReviewState = (typeof reviewStates)[number];

export interface SmsSign {
  readonly name: string;
  readonly state: ReviewState;
  /** Of a signature for verification codes no other template may be sent. */
  readonly isForCodesOnly: boolean;
  /** By carrier: -2 not filed, -1 filing, 0 failed, 1 filed and to be verified, 2 expired, 3 success. */
  readonly filings: Readonly<Record<Carrier, Filing>>;
  readonly qualificationId: number;
  /** Why it was refused; empty where it was not. */
  readonly refusedFor: string;
  readonly orderId: string;
  /** `yyyy-MM-dd HH:mm:ss`, UTC+8. */
  readonly createdAt: string;
}

export interface Filing {
  readonly status: -2 | -1 | 0 | 1 | 2 | 3;
  /** Source: the ReasonCode row of GetSmsSign. */
  readonly reasonCode: string;
  readonly reasons: readonly string[];
}

const filed: Filing = { status: 3, reasonCode: 'DETECT_SUCCESS', reasons: [] };
const toBeVerified: Filing = { status: 1, reasonCode: 'DETECTING', reasons: [] };
const notFiled: Filing = { status: -2, reasonCode: 'NON_REGISTER', reasons: ['签名未发起报备'] };

const filedEverywhere = { mobile: filed, unicom: filed, telecom: filed };
const filedNowhere = { mobile: notFiled, unicom: notFiled, telecom: notFiled };

function sign(name: string, number: number, fields: Partial<SmsSign> = {}): SmsSign {
  return {
    name,
    state: 'approved',
    isForCodesOnly: false,
    filings: filedEverywhere,
    qualificationId: 100000001,
    refusedFor: '',
    orderId: String(200450000 + number),
    createdAt: `2025-06-0${number} 10:02:34`,
    ...fields,
  };
}

export const sampleSigns: readonly SmsSign[] = [
  sign('示例商城', 1),
  sign('Sample Shop', 2),
  sign('示例验证', 3, { isForCodesOnly: true }),
  sign('示例物流', 4, { filings: { mobile: filed, unicom: toBeVerified, telecom: notFiled } }),
  sign('示例新店', 5, { state: 'pending', filings: filedNowhere, qualificationId: 100000002 }),
  sign('示例旧店', 6, { state: 'refused', filings: filedNowhere, refusedFor: '文件不能证明信息真实性,请重新上传。' }),
  sign('示例撤回', 7, { state: 'cancelled', filings: filedNowhere }),
];

/** Whether the carrier fails what is sent under the signature. A filing that is to be verified lets it through. */
export function isFiledWith({ filings }: SmsSign, carrier: Carrier): boolean {
  return filings[carrier].status === 3 || filings[carrier].status === 1;
}
