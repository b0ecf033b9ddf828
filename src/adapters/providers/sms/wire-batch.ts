/** A batch of text messages as the fields of SendSms or SendBatchSms, placed as the official client places them. */
import type { Message, SmsContent } from '../../../domain/message.ts';
import type { SmsOperation } from '../../../domain/sms/pack.ts';
import type { CallFields } from '../alibaba-cloud/service-client.ts';

/** `outId` is the request's own id, for messages that bring none. The messages fit together: see `fits`. */
export function wireBatch(batch: readonly Message[], operation: SmsOperation, outId: string): CallFields {
  const contents = batch.map(contentOf);
  const [first] = contents;
  if (first === undefined) throw new RangeError('a request needs a message');
  const numbers = batch.map(({ to }) => to);
  const withParams = Object.keys(first.params).length > 0;
  const { code, sign, params, extendCode } = first;
  const common = { TemplateCode: code, OutId: first.outId ?? outId };
  switch (operation) {
    case 'SendSms':
      return {
        query: {
          ...common,
          PhoneNumbers: numbers.join(','),
          SignName: sign,
          ...(withParams && { TemplateParam: JSON.stringify(params) }),
          ...(extendCode !== null && { SmsUpExtendCode: extendCode }),
        },
      };
    case 'SendBatchSms':
      return {
        query: common,
        body: {
          PhoneNumberJson: JSON.stringify(numbers),
          SignNameJson: JSON.stringify(contents.map((content) => content.sign)),
          ...(withParams && { TemplateParamJson: JSON.stringify(contents.map((content) => content.params)) }),
          ...(extendCode !== null && { SmsUpExtendCodeJson: JSON.stringify(contents.map((each) => each.extendCode)) }),
        },
      };
  }
}

/** What no reason in an answer may repeat; gathered only for an answer that has a reason. */
export function smsWords(batch: readonly Message[]): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      for (const message of batch) {
        yield message.to;
        yield* Object.values(contentOf(message).params);
      }
    },
  };
}

function contentOf({ content }: Message): SmsContent {
  if (content.kind !== 'sms') throw new RangeError(`sms carries no ${content.kind} messages`);
  return content;
}
