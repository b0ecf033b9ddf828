/**
 * The action of an interactive message that asks for an address. Source: Meta's page
 * developers.facebook.com/documentation/business-messaging/whatsapp/messages/address-messages.
 */
import type { Check } from './content-problem.ts';
import { list, object } from './shape-checks.ts';
import { doubtful, fixed, text } from './value-checks.ts';

/** Singapore was served until 2026 and still stands in copies of the page. */
const country = text({
  form: (code) =>
    code === 'IN' || code === 'SG'
      ? null
      : doubtful(`"${code}" is a country without address messages`, 'they work from India to India: write "IN"'),
});

const values = {
  name: text(),
  phone_number: text(),
  in_pin_code: text({ longest: 6 }),
  sg_post_code: text({ longest: 6 }),
  house_number: text(),
  floor_number: text(),
  unit_number: text(),
  tower_number: text(),
  building_name: text(),
  address: text(),
  landmark_area: text(),
  city: text(),
  state: text(),
};

const address = object({ optional: values });

export const whatsappAddressAction: Check = object({
  required: {
    name: fixed('address_message'),
    parameters: object({
      required: { country },
      optional: {
        values: address,
        validation_errors: object({ optional: Object.fromEntries(Object.keys(values).map((key) => [key, text()])) }),
        saved_addresses: list({
          what: 'addresses',
          each: object({ required: { id: text(), value: address } }),
        }),
      },
    }),
  },
});
