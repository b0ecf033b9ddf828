/**
 * The catalogue of the services' codes: cause, fix, whom a code concerns, and whether trying again can help. Knows
 * nothing of sendoff's own codes. The data is checked by its test, not at every start.
 */
import data from './catalogue-data.json' with { type: 'json' };
import type { Channel } from './message.ts';
import type { Scope } from './outcome.ts';

/**
 * Who says a code: `gateway` is the entrance that all Alibaba Cloud services share, with the names that Node.js, the SDK
 * and sendoff give to trouble on the way there and to answers without a code; `carrier` codes come with SMS receipts.
 */
export type CatalogueService = 'cams' | 'gateway' | 'whatsapp' | 'sms' | 'carrier';

export interface CatalogueEntry {
  readonly service: CatalogueService;
  /** The code; in the data, one that ends in `*` stands for every code that begins like it and has no entry. */
  readonly code: string;
  readonly cause: string;
  readonly fix: string;
  readonly scope: Scope;
  /** Whether the same message may pass later: not at all, soon, or after a longer wait. */
  readonly retryable: 'never' | 'backoff' | 'later';
  /** A definite not-now: the row goes back in line and the rate yields. */
  readonly throttle?: boolean;
  /** The shortest wait before another try that makes sense, where one is known. */
  readonly waitSeconds?: number;
  /** Whether the message may have gone out all the same. */
  readonly delivered: 'no' | 'unknown' | 'yes';
  /** Where the classification comes from. */
  readonly source: string;
}

const allServices: readonly CatalogueService[] = ['cams', 'gateway', 'whatsapp', 'sms', 'carrier'];

/** Whose codes an answer of a service can hold: CAMS hands on those of the gateway and of WhatsApp. */
const heardFrom: Readonly<Record<CatalogueService, readonly CatalogueService[]>> = {
  cams: ['cams', 'gateway', 'whatsapp'],
  gateway: ['gateway'],
  whatsapp: ['whatsapp'],
  sms: ['sms', 'gateway'],
  carrier: ['carrier'],
};

/** The service that carries a channel, and answers for its messages. */
export function serviceOf(channel: Channel): 'cams' | 'sms' {
  return channel === 'sms' ? 'sms' : 'cams';
}

interface Catalogue {
  readonly exact: ReadonlyMap<string, readonly CatalogueEntry[]>;
  /** The longest beginning first, so that the closest family wins. */
  readonly families: readonly { readonly beginning: string; readonly entry: CatalogueEntry }[];
}

let opened: Catalogue | null = null;

/** Indexes the data at its first use: most commands never meet a code. */
function open(): Catalogue {
  opened ??= indexed();
  return opened;
}

/**
 * What is known of a code in an answer of `service`; without one, of any service in the order of `CatalogueService`. An
 * unlisted member of a known family (`Throttling.Whatever`) is answered with its family's entry under its own code.
 */
export function lookUp(code: string, service?: CatalogueService): CatalogueEntry | null {
  const services = service === undefined ? allServices : heardFrom[service];
  const { exact, families } = open();
  const listed = exact.get(code);
  if (listed !== undefined) {
    for (const each of services) {
      const entry = listed.find((candidate) => candidate.service === each);
      if (entry !== undefined) return entry;
    }
  }
  const family = families.find(
    ({ beginning, entry }) => services.includes(entry.service) && code.startsWith(beginning),
  );
  return family === undefined ? null : { ...family.entry, code };
}

/** Every meaning of a code, one for each service that uses it; the family's where no service lists it. */
export function meaningsOf(code: string): readonly CatalogueEntry[] {
  const listed = open().exact.get(code);
  if (listed !== undefined) return listed;
  const family = lookUp(code);
  return family === null ? [] : [family];
}

/** Every listed code, families aside. */
export function listedCodes(): readonly string[] {
  return [...open().exact.keys()];
}

/**
 * Whom a refusal with this code concerns. A code that nobody has described is taken to concern its row alone: one
 * refusal proves nothing about the others, and `stopAfter` ends a run in which they pile up.
 */
export function diagnosisClass(code: string, service: CatalogueService = 'cams'): Scope {
  return lookUp(code, service)?.scope ?? 'row';
}

function indexed(): Catalogue {
  const exact = new Map<string, CatalogueEntry[]>();
  const families: { beginning: string; entry: CatalogueEntry }[] = [];
  // TypeScript reads the words in a JSON file as plain strings; the catalogue's test holds them to this type.
  for (const entry of data as readonly CatalogueEntry[]) {
    if (entry.code.endsWith('*')) families.push({ beginning: entry.code.slice(0, -1), entry });
    else exact.set(entry.code, [...(exact.get(entry.code) ?? []), entry]);
  }
  families.sort((a, b) => b.beginning.length - a.beginning.length);
  return { exact, families };
}
