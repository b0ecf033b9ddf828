/** Whether a sign may stand in front of a template, as far as the service tells. */
import { withApproved } from './nearest-approved.ts';
import type { SmsProblem } from './sms-problem.ts';
import type { CarrierFiling, SignLookup } from './sms-sign.ts';
import type { SmsTemplateFacts } from './sms-template.ts';

/** `template` is null where it cannot be sent in any case; `approved` are signs to use instead, nearest first. */
export function checkSign(
  name: string,
  lookup: SignLookup,
  template: Pick<SmsTemplateFacts, 'kind' | 'signs'> | null,
  approved: readonly string[] = [],
): readonly SmsProblem[] {
  switch (lookup.kind) {
    case 'missing':
      return [
        {
          code: 'SMS_SIGN',
          severity: 'error',
          message: `the account has no sign "${name}": ${lookup.reason}`,
          hint: withApproved('write it exactly as the console shows it, without brackets', approved),
        },
      ];
    case 'untold':
      return [
        {
          code: 'SMS_SIGN_UNCHECKED',
          severity: 'warning',
          message: `the service does not tell the state of the sign "${name}": ${lookup.reason}`,
          hint: 'messages can go all the same; grant dysms:GetSmsSign to have it checked',
        },
      ];
    case 'found': {
      const { status, reason, filings } = lookup.sign;
      if (status !== 'approved') return [notApproved(name, status, reason, approved)];
      // Filing is a matter of the carriers of the mainland.
      const filed = template?.kind === 'international' ? [] : filings.flatMap((filing) => filingProblem(name, filing));
      return [...unrelated(name, template?.signs ?? []), ...filed];
    }
  }
}

function notApproved(name: string, status: string, reason: string | null, approved: readonly string[]): SmsProblem {
  return {
    code: 'SMS_SIGN',
    severity: 'error',
    message: `the sign "${name}" is not approved, its state is ${status}${reason === null ? '' : `: ${reason}`}`,
    hint: withApproved('wait for its review, or use an approved sign', approved),
  };
}

/**
 * Source: the SignList field of GetSmsTemplate, and isv.SMS_SIGNATURE_SCENE_ILLEGAL: a sign for verification codes goes with no
 * other template. That the service refuses every sign that it does not relate to a template is documented nowhere.
 */
function unrelated(name: string, related: readonly string[]): readonly SmsProblem[] {
  if (related.length === 0 || related.includes(name)) return [];
  return [
    {
      code: 'SMS_SIGN_TEMPLATE',
      severity: 'warning',
      message: `the service does not relate the sign "${name}" to the template, and may refuse it (isv.SMS_SIGNATURE_SCENE_ILLEGAL)`,
      hint: `use a sign that goes with it, such as "${related[0]}"`,
    },
  ];
}

const filingWords = {
  notFiled: 'is not filed',
  filing: 'is being filed',
  failed: 'could not be filed',
  expired: 'has lost its filing, after six months without use,',
} as const;

/** Source: GetSmsSign page: an approved sign that a carrier has not filed fails there (PORT_NOT_REGISTERED). */
function filingProblem(name: string, { carrier, status, reasons }: CarrierFiling): readonly SmsProblem[] {
  if (status === 'filed' || status === 'toVerify' || status === 'untold') return [];
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return [
    {
      code: 'SMS_SIGN_FILING',
      severity: 'warning',
      message: `the sign "${name}" ${filingWords[status]} with China ${carrier}, so that its customers may not get the message${why}`,
      hint: 'file it in the console; that takes five to ten working days',
    },
  ];
}
