/** The emulated services: from a request to what its caller gets to see. The socket side of it is in `server.ts`. */
import type { IncomingMessage } from 'node:http';
import { AcceptedLog, type LogEntry } from './accepted-log.ts';
import { type Answer, refusalAnswer } from './answer.ts';
import type { Account } from './check-message.ts';
import { type Delivery, deliver } from './delivery.ts';
import { type EmulatorClock, realClock } from './emulator-clock.ts';
import type { EmulatorSettings } from './emulator-options.ts';
import { FaultPlan } from './fault-plan.ts';
import { faultSubject } from './fault-subject.ts';
import { Gateway, judgeBody } from './gateway.ts';
import { getHealthStatus } from './health.ts';
import { HoldUps } from './hold-ups.ts';
import type { AcceptedMessage } from './message-draft.ts';
import { listMessages } from './message-log.ts';
import { callsPerSecond } from './operation-limits.ts';
import {
  type ChatOperationName,
  isOperationName,
  isSendOperationName,
  isSmsOperationName,
  type OperationName,
  operationNames,
} from './operation-name.ts';
import { Parameters } from './parameters.ts';
import { RateLimit } from './rate-limit.ts';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';
import { queryPhoneNumbers, sampleSenders } from './senders.ts';
import { Sending } from './sending.ts';
import { SessionWindows } from './session-windows.ts';
import { headerText } from './signature.ts';
import type { SmsAccountStore } from './sms/sms-account-store.ts';
import type { AcceptedSms } from './sms/sms-message.ts';
import { SmsService } from './sms/sms-service.ts';
import { type EmulatorStats, Statistics } from './statistics.ts';
import { createTemplate, deleteTemplate, modifyTemplate, type TemplateDesk } from './template-authoring.ts';
import { getTemplateDetail, listTemplates } from './template-lookups.ts';
import { ReviewBoard } from './template-review.ts';
import { TemplateStore } from './template-store.ts';

/** A request of which the headers have arrived: it has had its place in the quota, or been turned away. */
export interface Arrival {
  readonly action: string;
  readonly arrivedMs: number;
  readonly refusal: Refusal | null;
}

export interface DelayedDelivery {
  readonly afterMs: number;
  readonly delivery: Delivery;
}

export class Service {
  readonly #templates: TemplateStore;
  readonly #reviews: ReviewBoard;
  readonly #clock: EmulatorClock;
  readonly #startedMs: number;
  readonly #gateway: Gateway;
  readonly #limits: ReadonlyMap<OperationName, RateLimit>;
  readonly #faults: FaultPlan;
  readonly #log: AcceptedLog;
  readonly #logDelayMs: number;
  readonly #statistics = new Statistics();
  /** Of this thread, whatever time the emulator is told it is. */
  readonly #holdUps = new HoldUps(realClock);
  readonly #sending: Sending;
  readonly #sms: SmsService;
  /** Open and closed by tests, too. */
  readonly windows: SessionWindows;

  constructor(settings: EmulatorSettings) {
    this.#clock = settings.clock;
    this.#startedMs = settings.clock.monotonic();
    this.#templates = new TemplateStore(settings.templates);
    this.#reviews = new ReviewBoard(settings.reviewMs, settings.clock);
    this.#gateway = new Gateway(settings.credentials, new Set(settings.denied), settings.clock);
    this.#limits = new Map(operationNames.map((name) => [name, new RateLimit(callsPerSecond(name, settings), 1000)]));
    this.#faults = new FaultPlan(settings.faults, settings.seed);
    this.#log = new AcceptedLog(settings.logFile);
    this.#logDelayMs = settings.logDelayMs;
    this.#sending = new Sending({
      clock: settings.clock,
      log: this.#log,
      statistics: this.#statistics,
      failures: { ...settings.failLater, seed: settings.seed },
    });
    this.#sms = new SmsService(settings, this.#log, this.#statistics);
    this.windows = new SessionWindows(settings.closedWindows, settings.seed, settings.clock);
  }

  /** As they stand at this moment, with what the review has decided. */
  get templates(): TemplateStore {
    this.#reviews.decide(this.#templates);
    return this.#templates;
  }

  /** To be called in the turn in which the headers arrive: that moment is what the quota counts. */
  arrive(request: IncomingMessage): Arrival {
    const arrivedMs = this.#clock.monotonic() - this.#startedMs;
    const { method = '', url = '/', headers } = request;
    const action = headerText(headers, 'x-acs-action');
    this.#statistics.countRequest();
    if (isSendOperationName(action)) {
      this.#statistics.countSend(action, arrivedMs, arrivedMs - this.#holdUps.mostMs());
    }
    const refusal = this.#gateway.judge({ method, url, headers }) ?? this.#judgeRate(action, arrivedMs);
    return { action, arrivedMs, refusal };
  }

  /** To be called once the body is there. What it accepts is in the log when it returns. */
  answer(arrival: Arrival, request: IncomingMessage, body: Buffer): DelayedDelivery {
    const parameters = readParameters(request, body);
    const subject = faultSubject(arrival.action, parameters);
    const afterMs = this.#faults.latencyMs(subject);
    const refusal = arrival.refusal ?? judgeBody(request.headers, body);
    if (refusal !== null) return { afterMs, delivery: this.#count({ kind: 'answer', answer: refusalAnswer(refusal) }) };
    const fault = this.#faults.strike(subject);
    const delivery = deliver(fault, flowControlOf(arrival.action), () => this.#serve(arrival, parameters));
    if (fault === null) return { afterMs, delivery: this.#count(delivery) };
    this.#statistics.countFault(fault.fault);
    return { afterMs: afterMs + ('afterMs' in fault ? fault.afterMs : 0), delivery: this.#count(delivery) };
  }

  accepted(): readonly AcceptedMessage[] {
    return this.#log.messages;
  }

  acceptedSms(): readonly AcceptedSms[] {
    return this.#log.sms.messages;
  }

  /** Of both services, in the order of acceptance. */
  log(): readonly LogEntry[] {
    return this.#log.entries;
  }

  stats(): EmulatorStats {
    return this.#statistics.snapshot();
  }

  get sms(): SmsAccountStore {
    return this.#sms.account;
  }

  close(): void {
    this.#log.close();
  }

  #judgeRate(action: string, arrivedMs: number): Refusal | null {
    if (!isOperationName(action)) return null;
    return this.#limits.get(action)?.take(arrivedMs) === false ? refuse(flowControlOf(action)) : null;
  }

  #serve({ action, arrivedMs }: Arrival, parameters: Parameters): Answer {
    if (isSmsOperationName(action)) return this.#sms.serve(action, parameters, arrivedMs);
    // The gateway has turned every other name away.
    switch (action as ChatOperationName) {
      case 'SendChatappMessage':
        return this.#sending.send(parameters, arrivedMs, this.#account());
      case 'SendChatappMassMessage':
        return this.#sending.sendMass(parameters, arrivedMs, this.#account());
      case 'ListChatappMessage':
        return this.#listMessages(parameters);
      case 'GetChatappTemplateDetail':
        return getTemplateDetail(parameters, this.templates);
      case 'ListChatappTemplate':
        return listTemplates(parameters, this.templates);
      case 'CreateChatappTemplate':
        return createTemplate(parameters, this.#desk());
      case 'ModifyChatappTemplate':
        return modifyTemplate(parameters, this.#desk());
      case 'DeleteChatappTemplate':
        return deleteTemplate(parameters, this.#desk());
      case 'QueryChatappPhoneNumbers':
        return queryPhoneNumbers(parameters.text('Status'), sampleSenders);
      case 'GetWhatsappHealthStatus':
        return getHealthStatus(parameters, sampleSenders, this.templates);
    }
  }

  #desk(): TemplateDesk {
    return { templates: this.templates, reviews: this.#reviews };
  }

  #account(): Account {
    return { templates: this.templates, windows: this.windows };
  }

  #listMessages(parameters: Parameters): Answer {
    const shownUntil = this.#clock.now() - this.#logDelayMs;
    return listMessages(parameters, { accepted: this.#log, shownUntil, templates: this.templates });
  }

  #count(delivery: Delivery): Delivery {
    if (delivery.kind === 'answer' && delivery.answer.code !== 'OK') {
      this.#statistics.countRefusal(delivery.answer.code);
    }
    return delivery;
  }
}

function readParameters(request: IncomingMessage, body: Buffer): Parameters {
  const [, query = ''] = /^[^?]*\?(.*)$/.exec(request.url ?? '') ?? [];
  const isForm = headerText(request.headers, 'content-type').startsWith('application/x-www-form-urlencoded');
  return Parameters.read(query, isForm ? body.toString() : '');
}

/** The code for calls that are too many. */
function flowControlOf(action: string): RefusalCode {
  return isSmsOperationName(action) ? 'Throttling.User' : 'System.LimitControl';
}
