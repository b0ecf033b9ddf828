/** The channels of the service and what an address is on each. Source: the ChannelType, From and To rows of the SendChatappMessage page. */
import type { Parameters } from './parameters.ts';
import { type Refusal, refuse } from './refusals.ts';

export const channelTypes = ['whatsapp', 'viber', 'messenger', 'instagram'] as const;

export type ChannelType = (typeof channelTypes)[number];

/** Case matters: the page writes them small. */
export function isChannelType(text: string): text is ChannelType {
  return channelTypes.some((channel) => channel === text);
}

/** Null when From and To are what the channel has; ChannelType has been looked at before. */
export function checkAddresses(parameters: Parameters, channel: ChannelType): Refusal | null {
  const from = parameters.text('From');
  if (from === '') return refuse('MissingFrom');
  if (!/^\d+$/.test(from)) return refuse('InvalidParameter.FromOnlyNumeric');
  const to = parameters.text('To');
  if (to === '') return refuse('MissingTo');
  const isGroup = parameters.text('RecipientType') === 'group';
  switch (channel) {
    case 'whatsapp':
      return isGroup ? checkGroupId(to) : checkPhoneNumber(to);
    case 'viber':
      return checkPhoneNumber(to);
    case 'messenger':
    case 'instagram':
      return checkUserId(to);
  }
}

/** Digits only, with a country code. Source: ITU-T E.164, at most 15 digits and none of them a leading zero. */
function checkPhoneNumber(to: string): Refusal | null {
  return /^[1-9]\d{6,14}$/.test(to) ? null : refuse('InvalidParameter.PhoneNumberError');
}

/** A page-scoped or Instagram-scoped id. Its length is nowhere told; 32 is more than any seen. */
function checkUserId(to: string): Refusal | null {
  if (!/^\d+$/.test(to)) return refuse('InvalidParameter.ToOnlyNumeric');
  return to.length <= 32 ? null : refuse('InvalidParameter', 'To has at most 32 digits.');
}

/** The form of a group's id is nowhere told: anything without blanks is taken. */
function checkGroupId(to: string): Refusal | null {
  return /^\S{1,128}$/.test(to) ? null : refuse('InvalidParameter', 'To is not the id of a group.');
}
