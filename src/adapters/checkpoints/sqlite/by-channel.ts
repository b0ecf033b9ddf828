/**
 * By which channel a row goes or went: by the campaign's own until a refusal made it fall back, then by that of the fallback.
 * Most campaigns have one channel, and their queries no condition.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Campaign, fallbackChannelOf } from '../../../domain/campaign.ts';
import type { Channel } from '../../../domain/message.ts';

/** Of an attempt `a`: whether it was made of the fallback. */
export const wasFallback =
  'EXISTS (SELECT 1 FROM attempt f WHERE f.row = a.row AND f.number < a.number AND f.fell_back = 1)';

/** Of a row in line, with its newest attempt `a` or none: whether the next is made of the fallback. */
const isFallback = '(a.row IS NOT NULL AND EXISTS (SELECT 1 FROM attempt f WHERE f.row = a.row AND f.fell_back = 1))';

/** By which channel an attempt was made, given `wasFallback`. */
export function channelOf(campaign: Campaign, fellBack: boolean): Channel {
  return fellBack ? (fallbackChannelOf(campaign) ?? campaign.channel) : campaign.channel;
}

/** Prepares a query about attempts `a` for those by a channel, or for all; each once. */
export function wentBy(
  db: DatabaseSync,
  campaign: Campaign,
  query: (condition: string) => string,
): (channel: Channel | undefined) => StatementSync {
  return byChannel(db, campaign, wasFallback, query);
}

/** The same about rows in line, with their newest attempts `a` or none. */
export function goesBy(
  db: DatabaseSync,
  campaign: Campaign,
  query: (condition: string) => string,
): (channel: Channel | undefined) => StatementSync {
  return byChannel(db, campaign, isFallback, query);
}

function byChannel(
  db: DatabaseSync,
  campaign: Campaign,
  ofFallback: string,
  query: (condition: string) => string,
): (channel: Channel | undefined) => StatementSync {
  const prepared = new Map<Channel | undefined, StatementSync>();
  return (channel) => {
    const known = prepared.get(channel) ?? db.prepare(query(condition(campaign, channel, ofFallback)));
    prepared.set(channel, known);
    return known;
  };
}

function condition(campaign: Campaign, channel: Channel | undefined, ofFallback: string): string {
  const fallback = fallbackChannelOf(campaign);
  if (channel === undefined || (channel === campaign.channel && fallback === null)) return 'TRUE';
  if (channel === campaign.channel) return `NOT ${ofFallback}`;
  return channel === fallback ? ofFallback : 'FALSE';
}
