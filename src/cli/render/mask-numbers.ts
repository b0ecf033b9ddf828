/** Masks telephone numbers inside text that is about them, for the screen. */
import { maskAddress } from '../../domain/mask.ts';

/** Digits as people write a number; what Excel made of one (8.6E+12) is too short to be told, and is shown. */
const numberLike = /\+?\(?\d[\d ().-]{5,}\d/g;

/** Every run of at least seven digits, blanks and dashes between them allowed, is masked. */
export function maskNumbers(text: string): string {
  return text.replace(numberLike, (written) => {
    const digits = written.replace(/\D/g, '');
    return digits.length < 7 ? written : maskAddress(digits);
  });
}
