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
  const [first] = batch;
  if (first === undefined) throw new RangeError('a request needs a message');
  const { content } = first;
  const shared =
    isSms(content) && batch.every((message) => isSms(message.content) && saySame(content, message.content));
  return shared && linkLength(content, batch) <= longestLink ? 'SendSms' : 'SendBatchSms';
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
  if (batch.length >= mostInOneText || batch.some((message) => message.to === to)) return false;
  // Beyond the size of a batch they are all alike: nothing else was let in.
  const alike =
    batch.length >= mostInBatch || batch.every((message) => isSms(message.content) && saySame(first, message.content));
  if (alike && saySame(first, content) && linkLength(first, batch) + numberLength(next) <= longestLink) return true;
  return batch.length < mostInBatch && mayDiffer(first, content);
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

function linkLength(content: SmsContent, batch: readonly Message[]): number {
  let length = frames.get(content);
  if (length === undefined) {
    const { sign, code, params, extendCode, outId } = content;
    const texts = [sign, code, JSON.stringify(params), extendCode ?? ''];
    length = texts.reduce((sum, text) => sum + encodedLength(text), linkFrame);
    length += outId === null ? ownOutId : encodedLength(outId);
    frames.set(content, length);
  }
  for (const message of batch) length += numberLength(message);
  return length;
}

/** A number is digits, and the comma behind it is written `%2C`. */
function numberLength({ to }: Message): number {
  return to.length + 3;
}
