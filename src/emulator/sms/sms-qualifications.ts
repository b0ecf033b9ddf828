/** Who owns the signatures of the emulated account: qualifications in every state of their review. Nobody in them is real. */
export type QualificationState = 'INIT' | 'PASS' | 'NOT_PASS' | 'NOT_FINISH' | 'CANCEL';

export interface SmsQualification {
  readonly id: number;
  readonly name: string;
  readonly state: QualificationState;
  readonly company: string;
  readonly legalPerson: string;
  readonly isForOwnUse: boolean;
  /** Why it was refused, or what is missing; the service writes 无 where there is nothing to say. */
  readonly remark: string;
  readonly workOrderId: number;
  /** `yyyy-MM-dd HH:mm:ss`, UTC+8. */
  readonly createdAt: string;
  /** Empty while the review lasts. */
  readonly reviewedAt: string;
}

function qualification(number: number, state: QualificationState, fields: Partial<SmsQualification> = {}) {
  const legalPerson = `李示例${number}`;
  const company = '示例商贸有限公司';
  return {
    id: 100000000 + number,
    name: `${company}${legalPerson}`,
    state,
    company,
    legalPerson,
    isForOwnUse: true,
    remark: '无',
    workOrderId: 200100000 + number,
    createdAt: `2025-02-2${number} 11:59:30`,
    reviewedAt: state === 'INIT' ? '' : `2025-02-2${number + 2} 17:29:04`,
    ...fields,
  };
}

export const sampleQualifications: readonly SmsQualification[] = [
  qualification(1, 'PASS'),
  qualification(2, 'INIT'),
  qualification(3, 'NOT_PASS', { remark: '营业执照不清晰,请重新上传。' }),
  qualification(4, 'NOT_FINISH', { remark: '请补充法人证件有效期。' }),
  qualification(5, 'CANCEL', { company: '示例代理有限公司', isForOwnUse: false }),
];
