/** Counts the segments of a text message: what carriers send it in, and what it is charged by. */
import type { Destination } from './destination.ts';
import { isGsm7, septetsOf } from './gsm7.ts';

export type SmsAlphabet = 'gsm7' | 'ucs2' | 'mainland';

export interface SegmentCount {
  /** As the segments count them: the two-fold ones of GSM-7 as 2, and what UTF-16 writes in two units, such as emoji, as 2. */
  readonly characters: number;
  /** 0 for an empty text. */
  readonly segments: number;
  readonly alphabet: SmsAlphabet;
}

/** Characters of a text that goes in one segment, and of each segment where it takes several. */
interface Room {
  readonly alone: number;
  readonly each: number;
}

/**
 * Source: "SMS sending rules" page of Short Message Service. In the mainland every character counts one; elsewhere a
 * single character outside of GSM-7 makes the whole text count by the narrower measure.
 */
const rooms: Readonly<Record<SmsAlphabet, Room>> = {
  mainland: { alone: 70, each: 67 },
  gsm7: { alone: 160, each: 153 },
  ucs2: { alone: 70, each: 67 },
};

/** `text` is the whole message as it is read, with the sign and its brackets in front. */
export function countSegments(text: string, destination: Destination): SegmentCount {
  const alphabet = destination === 'mainland' ? 'mainland' : isGsm7(text) ? 'gsm7' : 'ucs2';
  const widthOf = alphabet === 'gsm7' ? (character: string) => septetsOf(character) ?? 1 : unitsOf;
  let characters = 0;
  for (const character of text) characters += widthOf(character);
  const { alone, each } = rooms[alphabet];
  if (characters === 0) return { characters, segments: 0, alphabet };
  return { characters, segments: characters <= alone ? 1 : packed(text, each, widthOf), alphabet };
}

/** No segment ends in the middle of a character that takes two places: it goes to the next one as a whole. */
function packed(text: string, room: number, widthOf: (character: string) => number): number {
  let segments = 1;
  let filled = 0;
  for (const character of text) {
    const width = widthOf(character);
    if (filled + width > room) {
      segments += 1;
      filled = 0;
    }
    filled += width;
  }
  return segments;
}

function unitsOf(character: string): number {
  return character.length;
}
