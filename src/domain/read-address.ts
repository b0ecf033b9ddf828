/** Reads an address as its channel knows people: by telephone number, by id, or a group by its own. */
import { type Address, normaliseAddress } from './address.ts';
import { normaliseGroupId } from './group-id.ts';
import type { Channel } from './message.ts';
import { normaliseUserId } from './user-id.ts';

export interface AddressKind {
  readonly channel: Channel;
  /** Reads national telephone numbers: see `RecipientList`. */
  readonly country: string | null;
  /** True where the message goes to a WhatsApp group. */
  readonly group: boolean;
}

export function readAddress(cell: string, { channel, country, group }: AddressKind): Address {
  if (hasIds(channel)) return normaliseUserId(cell);
  return group ? normaliseGroupId(cell) : normaliseAddress(cell, country);
}

/** Ids seen have 15 digits and more; no page promises it. */
const shortestId = 15;

/** Whether the id of a person, by the channel's own ids, would be the telephone number of somebody. */
export function mayBeNumber(id: string, { channel, country }: AddressKind): boolean {
  return hasIds(channel) && id.length < shortestId && normaliseAddress(id, country).kind === 'ok';
}

function hasIds(channel: Channel): boolean {
  return channel === 'messenger' || channel === 'instagram';
}
