/**
 * Which text messages ride in one request. Those that share sign, values and extension go as SendSms, up to 1,000 numbers in
 * one link; all others of the same template as SendBatchSms, up to 100, each with what is its own. Messages keep their
 * order, so only neighbours ride together.
 */
import type { Message, SmsContent } from '../message.ts';
import { encodedLength } from './encoded-length.ts';

/** Numbers in a request at most. Source: the pages of SendSms and SendBatchSms. */
export const mostInOneText = 1_000;
export const mostInBatch = 100;

/**
 * Bytes of the link of a SendSms at most. The service takes its fields in the link; servers and proxies commonly stop at
 * 8,192 for the whole line, which has the method and the version beside it.
 */
export const longestLink = 8_000;

export type SmsOperation = 'SendSms' | 'SendBatchSms';

/** How a batch that was built by `fits` goes out. Throws for an empty one. */
export function operationOf(batch: readonly Message[]): SmsOperation {
  const content = batch[0]?.content;
  if (!isSms(content)) throw new RangeError('a request needs a text message');
  const { alike, numbersLength } = measure(batch, content);
  return alike && frameLength(content) + numbersLength <= longestLink ? 'SendSms' : 'SendBatchSms';
}

/**
 * Whether `next` may ride with the batch, in the shape of `Provider.fits`. A number goes into a request once: afterwards the
 * service knows a message by its request and its number alone.
 */
export function fits(batch: readonly Message[], next: Message): boolean {
  const first = batch[0]?.content;
  const { content, to } = next;
  if (!isSms(first) || !isSms(content)) return false;
  if (first.code !== content.code || first.outId !== content.outId) return false;
  const { alike, numbers, numbersLength } = measure(batch, first);
  if (batch.length >= mostInOneText || numbers.has(to)) return false;
  if (alike && saySame(first, content)) {
    if (frameLength(first) + numbersLength + numberLength(next) <= longestLink) return true;
  }
  return batch.length < mostInBatch && mayDiffer(first, content);
}

/** What is known of the first so many messages of a batch. */
interface Measure {
  measured: number;
  last: Message | undefined;
  /** Whether all of them say the same. */
  alike: boolean;
  readonly numbers: Set<string>;
  /** Of all numbers in a link, in bytes. */
  numbersLength: number;
}

/** Batches grow message by message, and every one is asked about: what was measured before is not measured again. */
const measures = new WeakMap<readonly Message[], Measure>();

function measure(batch: readonly Message[], first: SmsContent): Measure {
  let known = measures.get(batch);
  if (known === undefined || known.measured > batch.length || batch[known.measured - 1] !== known.last) {
    known = { measured: 0, last: undefined, alike: true, numbers: new Set(), numbersLength: 0 };
    measures.set(batch, known);
  }
  while (known.measured < batch.length) {
    const message = batch[known.measured];
    if (message === undefined) break;
    known.alike &&= isSms(message.content) && saySame(first, message.content);
    known.numbers.add(message.to);
    known.numbersLength += numberLength(message);
    known.measured += 1;
    known.last = message;
  }
  return known;
}

/** Lists of a batch have one entry for every number, so what some lack, all have to. */
function mayDiffer(one: SmsContent, other: SmsContent): boolean {
  return (
    (one.extendCode === null) === (other.extendCode === null) &&
    (Object.keys(one.params).length === 0) === (Object.keys(other.params).length === 0)
  );
}

export interface Packer {
  /** Takes the next message, and gives back the request that it does not ride in and that is complete now, if any. */
  add(message: Message): readonly Message[] | null;
  /** The last request, if any. */
  end(): readonly Message[] | null;
}

/** Cuts a stream of messages into requests, as a provider does that holds `most` messages a request. */
export function createPacker(most: number = mostInOneText): Packer {
  let batch: Message[] = [];
  return {
    add(message) {
      if (batch.length > 0 && batch.length < most && fits(batch, message)) {
        batch.push(message);
        return null;
      }
      const complete = batch;
      batch = [message];
      return complete.length === 0 ? null : complete;
    },
    end() {
      const complete = batch;
      batch = [];
      return complete.length === 0 ? null : complete;
    },
  };
}

function isSms(content: Message['content'] | undefined): content is SmsContent {
  return content?.kind === 'sms';
}

function saySame(one: SmsContent, other: SmsContent): boolean {
  return (
    one === other ||
    (one.sign === other.sign &&
      one.code === other.code &&
      one.extendCode === other.extendCode &&
      one.outId === other.outId &&
      sameParams(one.params, other.params))
  );
}

function sameParams(one: SmsContent['params'], other: SmsContent['params']): boolean {
  if (one === other) return true;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
  );
}

/** Names, signs between them, and an OutId that sendoff makes where the message has none. */
const linkFrame = 100;
const ownOutId = 64;

/** What all numbers of a link share is measured once. */
const frames = new WeakMap<SmsContent, number>();

function frameLength(content: SmsContent): number {
  const known = frames.get(content);
  if (known !== undefined) return known;
  const { sign, code, params, extendCode, outId } = content;
  const texts = [sign, code, JSON.stringify(params), extendCode ?? ''];
  const length = texts.reduce(
    (sum, text) => sum + encodedLength(text),
    linkFrame + (outId === null ? ownOutId : encodedLength(outId)),
  );
  frames.set(content, length);
  return length;
}

/** A number is digits, and the comma behind it is written `%2C`. */
function numberLength({ to }: Message): number {
  return to.length + 3;
}
