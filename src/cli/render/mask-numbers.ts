/** Masks telephone numbers inside text that is about them, for the screen. */
import { maskAddress } from '../../domain/mask.ts';

/** Digits of any script as people write a number. What Excel makes of one (8.6E+12) is too short to tell, and is shown. */
const numberLike = /\p{Nd}[\p{Nd}\s().~/\p{Pd}]{5,}\p{Nd}/gu;

/** Every run of at least seven digits is masked, with the blanks, dashes and brackets between them. */
export function maskNumbers(text: string): string {
  return text.replace(numberLike, (written) => {
    const digits = written.replace(/\P{Nd}/gu, '');
    return digits.length < 7 ? written : maskAddress(digits);
  });
}
