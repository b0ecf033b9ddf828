import { expect, it } from 'vitest';
import { parseSenderId } from '../../src/domain/parse-sender-id.ts';
import { parsedMistake, parsedValue } from '../../src/domain/parsed.ts';

it.each(['1234', ' 105000123456789 ', '12345678901234567890123456789012'])(
  'takes %j for the id of a sender',
  (text) => {
    expect(parseSenderId(text)).toEqual(parsedValue(text.trim()));
  },
);

it.each(['', '123', '123456789012345678901234567890123', '+1234567', 'shop', '12 34', '1.5e4'])(
  'refuses %j',
  (text) => {
    expect(parseSenderId(text)).toEqual(
      parsedMistake(`"${text}" is not the id of a sender`, 'write the digits that the console shows'),
    );
  },
);
