/** QuerySendDetails and QuerySendStatistics. Source: their API pages. Days are taken to be those of UTC+8, which the pages do not say. */
import { type Answer, okAnswer, refusalAnswer } from '../answer.ts';
import { chinaDateTime, chinaDay, chinaDayStart } from '../china-time.ts';
import type { Parameters } from '../parameters.ts';
import { missing, refuseSms } from './refuse-sms.ts';
import type { SmsArchive } from './sms-archive.ts';
import { type SmsState, stateOf } from './sms-delivery.ts';
import { type AcceptedSms, smsTemplateTypes } from './sms-message.ts';
import { isMainland, localForm, readSmsNumber } from './sms-number.ts';
import { readPage, rowsOf } from './sms-page.ts';

export interface SentSms {
  readonly archive: SmsArchive;
  /** How long the carrier takes, in milliseconds. */
  readonly delayMs: number;
  /** Messages accepted later than this do not appear yet; milliseconds since 1970. */
  readonly shownUntil: number;
  readonly nowMs: number;
}

const thirtyDaysMs = 30 * 24 * 3_600_000;

/** Those to one number on one day, newest first; the order is unverified. */
export function querySendDetails(parameters: Parameters, sent: SentSms): Answer {
  const absent = ['PhoneNumber', 'SendDate'].find((name) => parameters.text(name) === '');
  if (absent !== undefined) return refusalAnswer(missing(absent));
  const check = readPage(parameters, 'CurrentPage', 'mandatory');
  if (check.kind === 'refused') return refusalAnswer(check.refusal);
  const day = parameters.text('SendDate');
  const startMs = chinaDayStart(day);
  if (startMs === null) return invalid('SendDate is yyyyMMdd');
  if (startMs < sent.nowMs - thirtyDaysMs - 24 * 3_600_000) return invalid('SendDate is one of the last 30 days');
  const bizId = parameters.text('BizId');
  const found = toNumber(parameters.text('PhoneNumber'), sent.archive)
    .filter(({ acceptedAt }) => acceptedAt <= sent.shownUntil && chinaDay(acceptedAt) === day)
    .filter((message) => bizId === '' || message.bizId === bizId)
    .toReversed();
  return okAnswer({
    // The service counts in text here.
    TotalCount: String(found.length),
    SmsSendDetailDTOs: { SmsSendDetailDTO: rowsOf(found, check.page).map((message) => detailRow(message, sent)) },
  });
}

/** A number may be written like one of the mainland and mean one in North America. */
function toNumber(text: string, archive: SmsArchive): readonly AcceptedSms[] {
  const readings = [readSmsNumber(text, false), readSmsNumber(text, true)];
  const meant = new Set(readings.flatMap((read) => (read.kind === 'illegal' ? [] : [read.to])));
  return [...meant].flatMap((to) => archive.sentTo(to));
}

/** The row has no BizId, and before the carrier answers no code and no time. */
function detailRow(message: AcceptedSms, { delayMs, nowMs }: SentSms) {
  const state = stateOf(message, delayMs, nowMs);
  return {
    PhoneNum: localForm(message.to),
    SendStatus: sendStatuses[state.kind],
    ...(state.kind === 'waiting' ? {} : { ErrCode: state.code, ReceiveDate: chinaDateTime(state.endedAt) }),
    Content: message.text,
    SendDate: chinaDateTime(message.acceptedAt),
    ...(message.outId === null ? {} : { OutId: message.outId }),
    TemplateCode: message.templateCode,
  };
}

const sendStatuses: Readonly<Record<SmsState['kind'], number>> = { waiting: 1, failed: 2, delivered: 3 };

interface DayCounts {
  waiting: number;
  failed: number;
  delivered: number;
}

/** A row for each day on which something was sent, in messages as they are billed. */
export function querySendStatistics(parameters: Parameters, sent: SentSms): Answer {
  const absent = ['IsGlobe', 'StartDate', 'EndDate'].find((name) => parameters.text(name) === '');
  if (absent !== undefined) return refusalAnswer(missing(absent));
  const check = readPage(parameters, 'PageIndex', 'mandatory');
  if (check.kind === 'refused') return refusalAnswer(check.refusal);
  const [globe, first, last, type] = ['IsGlobe', 'StartDate', 'EndDate', 'TemplateType'].map((name) =>
    parameters.text(name),
  );
  if (globe !== '1' && globe !== '2') return invalid('IsGlobe is 1 or 2');
  if (chinaDayStart(first ?? '') === null || chinaDayStart(last ?? '') === null) return invalid('dates are yyyyMMdd');
  if ((first ?? '') > (last ?? '')) return invalid('StartDate is after EndDate');
  if (!/^[01237]?$/.test(type ?? '')) return invalid('TemplateType is 0, 1, 2, 3 or 7');

  const sign = parameters.text('SignName');
  const days = new Map<string, DayCounts>();
  for (const message of sent.archive.messages) {
    if (isMainland(message.to) !== (globe === '1') || (sign !== '' && message.sign !== sign)) continue;
    if (type !== '' && smsTemplateTypes[Number(type)] !== message.templateType) continue;
    const day = chinaDay(message.acceptedAt);
    if (day < (first ?? '') || day > (last ?? '')) continue;
    const counts = days.get(day) ?? { waiting: 0, failed: 0, delivered: 0 };
    counts[stateOf(message, sent.delayMs, sent.nowMs).kind] += message.segments;
    days.set(day, counts);
  }
  const rows = [...days].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(dayRow);
  return okAnswer({ Data: { TotalSize: rows.length, TargetList: rowsOf(rows, check.page) } });
}

function dayRow([SendDate, { waiting, failed, delivered }]: readonly [string, DayCounts]) {
  return {
    SendDate,
    TotalCount: waiting + failed + delivered,
    RespondedSuccessCount: delivered,
    RespondedFailCount: failed,
    NoRespondedCount: waiting,
  };
}

function invalid(detail: string): Answer {
  return refusalAnswer(refuseSms('isv.INVALID_PARAMETERS', detail));
}
