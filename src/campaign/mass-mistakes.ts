/** Why the messages of a campaign cannot share requests. Source: the SendChatappMassMessage page, which knows templates only. */
import { massRequestFields, type RequestField } from '../domain/request-fields.ts';

export interface MassMistake {
  readonly path: readonly string[];
  readonly message: string;
  readonly hint: string;
}

/** `ownWords`: the campaign has a message in words of its own. `given` are the fields of the request that it has. */
export function massMistakes(ownWords: boolean, given: readonly RequestField[]): readonly MassMistake[] {
  const words: MassMistake = {
    path: ['send', 'mode'],
    message: 'mass sending takes templates only, and this campaign has a message in words of its own',
    hint: 'write mode: single, or send a template',
  };
  const unfit = given.filter((field) => !massRequestFields.includes(field));
  return [
    ...(ownWords ? [words] : []),
    ...unfit.map((field) => ({
      path: ['request', field],
      message: `mass sending takes no ${field}`,
      hint: 'remove it, or write mode: single',
    })),
  ];
}
