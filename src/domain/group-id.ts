/** The ids of WhatsApp groups, to which `request.recipientType: group` sends. */
import type { Address, AddressCode } from './address.ts';

/** No page tells the form of an id. Those of Meta's Groups API are some 70 letters and digits; this only bounds a stray text. */
const longestId = 200;

/** Reads a cell as such an id. It belongs to no country. */
export function normaliseGroupId(cell: string): Address {
  const id = cell.trim();
  if (id === '') return bad('ADDRESS_MISSING', 'the id of the group is empty', 'fill it, or remove the row');
  const number = /^\+?[\d\s().-]{5,20}$/.test(id) && id.replace(/\D/g, '').length <= longestNumber;
  if (number || id.length > longestId || !/^[\w.:=@+/-]+$/.test(id)) {
    return bad(
      'ADDRESS_INVALID',
      number ? 'this is a telephone number, and a group has an id' : 'this is not the id of a group',
      'write the id that the service tells of the group, or leave request.recipientType out',
    );
  }
  return { kind: 'ok', to: id, country: '', change: null };
}

/** Source: ITU-T E.164. */
const longestNumber = 15;

function bad(code: AddressCode, message: string, hint: string): Address {
  return { kind: 'bad', code, message, hint };
}
