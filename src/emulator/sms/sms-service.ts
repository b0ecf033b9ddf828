/** Short Message Service: its operations over the account's signatures, templates and qualifications, and what was sent. */
import type { AcceptedLog } from '../accepted-log.ts';
import { type Answer, okAnswer, refusalAnswer } from '../answer.ts';
import type { EmulatorClock } from '../emulator-clock.ts';
import type { SmsOperationName } from '../operation-name.ts';
import type { Parameters } from '../parameters.ts';
import type { Refusal } from '../refusals.ts';
import type { Statistics } from '../statistics.ts';
import { checkBatchSms, checkSms } from './check-sms.ts';
import type { SmsCheck } from './check-sms-order.ts';
import { ExtendCodes } from './extend-codes.ts';
import { SmsAccountStore } from './sms-account-store.ts';
import { endingOf, type Undelivered } from './sms-delivery.ts';
import { SmsLimits } from './sms-limits.ts';
import type { AcceptedSms, SmsDraft } from './sms-message.ts';
import { querySingleSmsQualification, querySmsQualificationRecord } from './sms-qualification-lookups.ts';
import { sampleQualifications } from './sms-qualifications.ts';
import { querySendDetails, querySendStatistics, type SentSms } from './sms-send-lookups.ts';
import { getSmsSign, querySmsSignList } from './sms-sign-lookups.ts';
import { getSmsTemplate, querySmsTemplateList } from './sms-template-lookups.ts';

export interface SmsSettings {
  /** Whether a number may be written to only so often. */
  readonly smsLimits: boolean;
  /** How long the carrier takes, in milliseconds. */
  readonly smsDelayMs: number;
  readonly smsUndelivered: Undelivered;
  /** How long a message takes to appear in QuerySendDetails, in milliseconds. */
  readonly logDelayMs: number;
  readonly seed: number;
  readonly clock: EmulatorClock;
}

export class SmsService {
  readonly #settings: SmsSettings;
  readonly #log: AcceptedLog;
  readonly #statistics: Statistics;
  readonly #limits = new SmsLimits();
  readonly #extendCodes = new ExtendCodes();
  #calls = 0;
  /** Changed by tests, too. */
  readonly account = new SmsAccountStore();

  constructor(settings: SmsSettings, log: AcceptedLog, statistics: Statistics) {
    this.#settings = settings;
    this.#log = log;
    this.#statistics = statistics;
  }

  /** `arrivedMs` is when the request's headers arrived, in milliseconds since the emulator started. */
  serve(operation: SmsOperationName, parameters: Parameters, arrivedMs: number): Answer {
    switch (operation) {
      case 'SendSms':
        return this.#accept(checkSms(parameters, this.account), arrivedMs);
      case 'SendBatchSms':
        return this.#accept(checkBatchSms(parameters, this.account), arrivedMs);
      case 'QuerySendDetails':
        return querySendDetails(parameters, this.#sent());
      case 'QuerySendStatistics':
        return querySendStatistics(parameters, this.#sent());
      case 'QuerySmsSignList':
        return querySmsSignList(parameters, this.account.signs);
      case 'GetSmsSign':
        return getSmsSign(parameters, this.account.signs);
      case 'QuerySmsTemplateList':
        return querySmsTemplateList(parameters, this.account.templates);
      case 'GetSmsTemplate':
        return getSmsTemplate(parameters, this.account.templates);
      case 'QuerySmsQualificationRecord':
        return querySmsQualificationRecord(parameters, sampleQualifications);
      case 'QuerySingleSmsQualification':
        return querySingleSmsQualification(parameters, sampleQualifications);
    }
  }

  /** All of a call is taken, or none of it. What is taken is in the log and counted before it is answered. */
  #accept(check: SmsCheck, arrivedMs: number): Answer {
    if (check.kind === 'refused') return refusalAnswer(check.refusal);
    const acceptedAt = this.#settings.clock.now();
    const refusal = this.#judgeCall(check.messages, acceptedAt);
    if (refusal !== null) return refusalAnswer(refusal);
    this.#calls += 1;
    const bizId = `${acceptedAt}${String(this.#calls).padStart(6, '0')}^0`;
    const earlier = this.#log.entries.length;
    const messages: readonly AcceptedSms[] = check.messages.map((draft, index) => ({
      number: earlier + index + 1,
      bizId,
      ending: this.#endingOf(draft),
      acceptedAt,
      arrivedMs,
      ...draft,
    }));
    this.#log.add(messages);
    for (const message of messages) this.#statistics.countAccepted(message);
    return okAnswer({ BizId: bizId });
  }

  /** Codes come first: a call that they refuse must not count for its numbers. */
  #judgeCall(messages: readonly SmsDraft[], nowMs: number): Refusal | null {
    const refusal = this.#extendCodes.take(messages);
    if (refusal !== null || !this.#settings.smsLimits) return refusal;
    return this.#limits.take(messages, nowMs);
  }

  #endingOf(draft: SmsDraft): string {
    const sign = this.account.signs.find(({ name }) => name === draft.sign);
    return endingOf(draft, sign, this.#settings.smsUndelivered, this.#settings.seed);
  }

  #sent(): SentSms {
    const nowMs = this.#settings.clock.now();
    const { smsDelayMs, logDelayMs } = this.#settings;
    return { archive: this.#log.sms, delayMs: smsDelayMs, shownUntil: nowMs - logDelayMs, nowMs };
  }
}
