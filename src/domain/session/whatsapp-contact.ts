/**
 * The contact of a WhatsApp `contacts` message. Sources: "Message template parameters" page of Chat App Message Service,
 * Contacts; Meta's page whatsapp/messages/contacts-messages.
 */
import { isJsonObject, memberOf } from '../json-value.ts';
import { type Check, problemAt } from './content-problem.ts';
import { webLink } from './link-checks.ts';
import { isEmpty, list, object } from './shape-checks.ts';
import { all, doubtful, invalid, text } from './value-checks.ts';

const optionalNames = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix'] as const;

/** Source: the service's page: besides the formatted name at least one of the others. */
const nameHasParts: Check = (value, path) => {
  if (!isJsonObject(value)) return [];
  const given = optionalNames.some((key) => !isEmpty(memberOf(value, key) ?? null));
  const complaint = invalid('has a formatted_name only', `add one of: ${optionalNames.join(', ')}`);
  return given ? [] : [problemAt(path, value, complaint)];
};

const name = all(
  object({
    required: { formatted_name: text() },
    optional: Object.fromEntries(optionalNames.map((key) => [key, text()])),
  }),
  nameHasParts,
);

const type = text();

const phone = object({
  optional: {
    phone: text({
      form: (written) =>
        /\d{3}/.test(written) ? null : doubtful(`"${written}" is no telephone number`, 'write it as +8613800000000'),
    }),
    type,
    wa_id: text({
      form: (id) => (/^\d+$/.test(id) ? null : invalid(`"${id}" is not all digits`, 'write it as 8613800000000')),
    }),
  },
});

const email = object({
  optional: {
    email: text({
      form: (written) =>
        /^[^\s@]+@[^\s@]+$/.test(written) ? null : doubtful(`"${written}" is no e-mail address`, 'write it as a@b.com'),
    }),
    type,
  },
});

const address = object({
  optional: {
    street: text(),
    city: text(),
    state: text(),
    zip: text(),
    country: text(),
    country_code: text({
      form: (code) =>
        /^[a-z]{2}$/i.test(code)
          ? null
          : invalid(`"${code}" is not two letters`, 'write it as ISO 3166 does, such as CN'),
    }),
    type,
  },
});

const birthday = text({
  form: (date) => (isDate(date) ? null : invalid(`"${date}" is not a date as YYYY-MM-DD`, 'write it as 1999-01-23')),
});

function isDate(written: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(written)) return false;
  const time = Date.parse(`${written}T00:00:00Z`);
  // A 31 February is read as a day of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written);
}

export const whatsappContact: Check = object({
  required: { name },
  optional: {
    phones: list({ what: 'phones', each: phone }),
    emails: list({ what: 'e-mail addresses', each: email }),
    addresses: list({ what: 'addresses', each: address }),
    urls: list({ what: 'links', each: object({ optional: { url: webLink, type } }) }),
    org: object({ optional: { company: text(), department: text(), title: text() } }),
    birthday,
  },
});
