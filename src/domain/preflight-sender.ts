/** What can be said of the sender before anything leaves: may it send, how is it rated, and to how many people a day. */
import type { Campaign } from './campaign.ts';
import { effectiveDailyCap, overDays, tierPeopleFor } from './daily-cap.ts';
import type { Finding } from './finding.ts';
import { ownValue } from './own-value.ts';
import type { Sender, SenderLookup } from './sender.ts';

const aboutAll = { row: null, column: null } as const;

export function checkSender(number: string, lookup: SenderLookup): readonly Finding[] {
  switch (lookup.kind) {
    case 'found':
      return [...checkStatus(lookup.sender), ...checkQuality(lookup.sender)];
    case 'missing':
      return [notFound(number, lookup.known)];
    case 'untold':
      return [
        {
          ...aboutAll,
          code: 'SENDER_UNCHECKED',
          severity: 'info',
          value: lookup.code,
          message: `the service does not tell the state of the sender: ${lookup.reason}`,
          hint:
            lookup.missingRight === null
              ? 'messages can go all the same'
              : `grant ${lookup.missingRight} to have it checked; messages can go without`,
        },
      ];
  }
}

/** A warning and no more: a partner's list may leave the numbers of its customers out. */
function notFound(number: string, known: readonly string[]): Finding {
  return {
    ...aboutAll,
    code: 'SENDER_NOT_FOUND',
    severity: 'warning',
    value: number,
    message: 'the account has no such sender',
    hint:
      known.length === 0
        ? 'register the number, or name the space it belongs to with custSpaceId'
        : `it has ${known.slice(0, mostNamed).join(', ')}${known.length > mostNamed ? ', …' : ''}; custSpaceId names another space`,
  };
}

const mostNamed = 5;

/** Source: the pages of QueryChatappPhoneNumbers and of Meta's business phone numbers. */
const states: Readonly<Record<string, 'connected' | 'limited' | 'rated' | 'off'>> = {
  CONNECTED: 'connected',
  FLAGGED: 'rated',
  RATE_LIMITED: 'limited',
  RESTRICTED: 'limited',
  BANNED: 'off',
  DELETED: 'off',
  DISCONNECTED: 'off',
  MIGRATED: 'off',
  OFFLINE: 'off',
  PAUSED: 'off',
  PENDING: 'off',
  UNVERIFIED: 'off',
};

function checkStatus({ number, status }: Sender): readonly Finding[] {
  if (status === null) return [];
  const about = { ...aboutAll, value: status };
  switch (ownValue(states, status)) {
    case 'connected':
    case 'rated':
      return [];
    case 'limited':
      return [
        {
          ...about,
          code: 'SENDER_LIMITED',
          severity: 'warning',
          message: `the sender ${number} is ${status}: it has reached its limit of people for now`,
          hint: 'wait until a day after its last messages, or use another sender',
        },
      ];
    case 'off':
      return [
        {
          ...about,
          code: 'SENDER_NOT_CONNECTED',
          severity: 'fatal',
          message: `the sender ${number} is ${status}, so every message would be refused`,
          hint: 'connect it in the console, or use another sender',
        },
      ];
    default:
      return [
        {
          ...about,
          code: 'SENDER_NOT_CONNECTED',
          severity: 'warning',
          message: `the sender ${number} is ${status} and not CONNECTED`,
          hint: 'look at the sender in the console first',
        },
      ];
  }
}

function checkQuality({ number, status, quality }: Sender): readonly Finding[] {
  const low = status !== null && ownValue(states, status) === 'rated' ? status : quality;
  if (low !== 'FLAGGED' && low !== 'RED' && low !== 'YELLOW') return [];
  return [
    {
      ...aboutAll,
      code: 'SENDER_QUALITY_LOW',
      severity: 'warning',
      value: low,
      message: `WhatsApp rates the sender ${number} ${low}, and may restrict it`,
      hint: 'send to a smaller, better chosen list',
    },
  ];
}

/** A warning and no more: the tier is told for the number, and Meta now counts for the whole business. */
export function checkTier(campaign: Campaign, sender: Sender, people: number): readonly Finding[] {
  const tier = tierPeopleFor(campaign, sender);
  if (tier === null || people <= tier) return [];
  const cap = effectiveDailyCap(campaign.send.dailyCap, tier);
  const held = cap !== null && cap <= tier;
  return [
    {
      ...aboutAll,
      code: 'TIER_EXCEEDED',
      severity: 'warning',
      value: sender.tierWord,
      message: `${count(people)} recipients, and the tier of ${sender.number} allows ${count(tier)} a day: ${
        held ? overDays(people, cap) : `${count(people - tier)} may be refused`
      }`,
      hint: held
        ? 'the run stops at the cap and goes on with resume; where the business may reach more, set send.dailyCap'
        : 'leave send.dailyCap at tier, unless the business may reach more',
    },
  ];
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
