/**
 * The ids by which Messenger (PSID) and Instagram (IGSID) know a person: digits, which a spreadsheet turns into a
 * rounded number once there are more than 15 of them.
 */
import type { Address, AddressCode } from './address.ts';

/** Source: ids of Meta are 64-bit numbers in decimal. */
const longestId = 20;

/** Reads a cell as such an id. It belongs to no country. */
export function normaliseUserId(cell: string): Address {
  const written = cell.trim();
  const id = written.replace(/^'/, '');
  if (id === '') return bad('ADDRESS_MISSING', 'the id is empty', 'fill it, or remove the row');
  if (/^\d+([.,]\d+)?E\+?\d+$/i.test(id)) {
    return bad(
      'ADDRESS_SCIENTIFIC',
      'a spreadsheet has turned the id into a rounded number, and its last digits are lost',
      'format the column as text, and paste the ids again',
    );
  }
  if (!/^\d+$/.test(id) || id.length > longestId) {
    return bad('ADDRESS_INVALID', 'this is not the id of a person', 'write the id that the channel tells: digits only');
  }
  return { kind: 'ok', to: id, country: '', change: id === written ? null : 'a leading apostrophe was removed' };
}

function bad(code: AddressCode, message: string, hint: string): Address {
  return { kind: 'bad', code, message, hint };
}
