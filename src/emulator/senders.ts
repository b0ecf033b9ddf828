/**
 * The senders of the emulated account, one for every state worth trying. Any other number is taken for sending as well,
 * so that a campaign can be tried with its own; it is only not in the list.
 */
import { type Answer, okAnswer } from './answer.ts';

/** As QueryChatappPhoneNumbers tells it. Source: the operation's response table. */
export interface WireSender {
  readonly PhoneNumber: string;
  readonly VerifiedName: string;
  readonly Status: string;
  readonly QualityRating: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  readonly MessagingLimitTier: string;
  readonly CodeVerificationStatus: 'VERIFIED' | 'NOT_VERIFIED';
  readonly NameStatus: string;
  /** Of a name that waits for its review; empty where none does. */
  readonly NewNameStatus: string;
  /** Where receipts and messages of people go to; the emulator sends neither. */
  readonly StatusCallbackUrl: string;
  readonly StatusQueue: string;
  readonly UpCallbackUrl: string;
  readonly UpQueue: string;
}

function sender(fields: Pick<WireSender, 'PhoneNumber'> & Partial<WireSender>): WireSender {
  return {
    VerifiedName: 'Sample Shop',
    Status: 'CONNECTED',
    QualityRating: 'GREEN',
    MessagingLimitTier: 'TIER_UNLIMITED',
    CodeVerificationStatus: 'VERIFIED',
    NameStatus: 'APPROVED',
    NewNameStatus: '',
    StatusCallbackUrl: '',
    StatusQueue: '',
    UpCallbackUrl: '',
    UpQueue: '',
    ...fields,
  };
}

export const sampleSenders: readonly WireSender[] = [
  sender({ PhoneNumber: '8613867404376' }),
  sender({ PhoneNumber: '8613867400250', MessagingLimitTier: 'TIER_250' }),
  sender({ PhoneNumber: '8613867402000', MessagingLimitTier: 'TIER_2K', QualityRating: 'YELLOW' }),
  sender({ PhoneNumber: '8613867410000', MessagingLimitTier: 'TIER_10K', QualityRating: 'RED', Status: 'FLAGGED' }),
  sender({ PhoneNumber: '8613867400429', MessagingLimitTier: 'TIER_1K', Status: 'RATE_LIMITED' }),
  sender({
    PhoneNumber: '8613867400404',
    MessagingLimitTier: 'TIER_250',
    QualityRating: 'UNKNOWN',
    Status: 'OFFLINE',
    CodeVerificationStatus: 'NOT_VERIFIED',
  }),
];

/** `status` keeps those with that word; empty tells all. */
export function queryPhoneNumbers(status: string, senders: readonly WireSender[]): Answer {
  return okAnswer({ PhoneNumbers: senders.filter(({ Status }) => status === '' || Status === status) });
}
