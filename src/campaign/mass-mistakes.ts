/** Why the messages of a campaign cannot share requests. Source: the SendChatappMassMessage page, which knows templates only. */

import { massRequestFields, type RequestField } from '../domain/request-fields.ts';
import type { CampaignMistake } from './campaign-mistake.ts';

export interface MassSubject {
  /** The campaign has a message in words of its own. */
  readonly ownWords: boolean;
  /** It falls back to text messages. */
  readonly texts: boolean;
  /** The fields of the request that it has. */
  readonly given: readonly RequestField[];
}

export function massMistakes({ ownWords, texts, given }: MassSubject): readonly CampaignMistake[] {
  const words: CampaignMistake = {
    path: ['send', 'mode'],
    message: 'mass sending takes templates only, and this campaign has a message in words of its own',
    hint: 'write mode: single, or send a template',
  };
  const together: CampaignMistake = {
    path: ['send', 'mode'],
    message: 'mass requests are answered as a whole, so nobody is known at once to need a text message instead',
    hint: 'write mode: single, or remove the fallback',
  };
  const unfit = given.filter((field) => !massRequestFields.includes(field));
  return [
    ...(ownWords ? [words] : []),
    ...(texts ? [together] : []),
    ...unfit.map((field) => ({
      path: ['request', field],
      message: `mass sending takes no ${field}`,
      hint: 'remove it, or write mode: single',
    })),
  ];
}
