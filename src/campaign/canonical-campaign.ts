/** When two campaigns are the same: the digest that ties a run file to what was planned. */
import { createHash } from 'node:crypto';
import type { Campaign } from '../domain/campaign.ts';
import { canonicalJson } from '../domain/canonical-json.ts';

/**
 * SHA-256, hex, of what decides which words go to whom from whom: channel, sender, space, template with what is
 * expected of it, or words of one's own with what stands in for them, the fields beside them, and how the list is read.
 *
 * Left out, so that it may differ between `plan`, `send` and `resume` of one run: the name; where the list and the
 * do-not-contact list lie (the list's own digest stands beside this one; of the other, only whether there is one
 * counts); the prices that estimate it; and everything under `send`, also that of the fallback, since a pace may be changed midway without
 * anybody getting other words.
 */
export function campaignDigest({
  channel,
  from,
  custSpaceId,
  recipients,
  content,
  request,
  fallback,
  expect,
}: Campaign): string {
  const { to, country, format, delimiter, encoding, suppress } = recipients;
  const standIn = fallback?.kind === 'sms' ? { ...fallback, send: null } : fallback;
  const reading = { to, country, format, delimiter, encoding, suppresses: suppress !== null };
  return createHash('sha256')
    .update(
      canonicalJson({ channel, from, custSpaceId, recipients: reading, content, request, fallback: standIn, expect }),
    )
    .digest('hex');
}
