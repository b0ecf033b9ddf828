/** The part of a template's detail that a plan freezes: what decides which words go out, and whether they may. */
import { canonicalJson } from '../../../domain/canonical-json.ts';

/**
 * Fields that change by themselves while the template stays the same: the rating, dates, and a setting about later
 * reviews. Everything else counts, fields that this version does not know included.
 */
const volatile: ReadonlySet<string> = new Set(['QualityScore', 'LastUpdateTime', 'CategoryChangePaused']);

/** Query parameters by which object storage signs a link for some hours: the file behind it is the same. */
const signature = /^(Expires|OSSAccessKeyId|Signature|security-token|x-oss-.*)$/i;

export function canonicalDetail(detail: object): string {
  const lasting = Object.entries(detail).filter(([field]) => !volatile.has(field));
  return canonicalJson(withoutSignatures(Object.fromEntries(lasting)));
}

function withoutSignatures(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSignatures);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, member]) => [
      field,
      field === 'Url' && typeof member === 'string' ? unsigned(member) : withoutSignatures(member),
    ]),
  );
}

/** Leaves every other character of the link as it is, variables included. */
function unsigned(link: string): string {
  const [address = '', ...rest] = link.split('?');
  const query = rest.join('?').split('&');
  const kept = query.filter((parameter) => !signature.test(parameter.split('=')[0] ?? ''));
  if (kept.length === query.length) return link;
  return kept.length === 0 ? address : `${address}?${kept.join('&')}`;
}
