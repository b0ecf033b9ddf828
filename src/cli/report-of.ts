/** The report of a run file, to be shown or written while the file is open. */
import { describeFallback } from '../domain/campaign.ts';
import { causeGroups, type FallbackCount, type Report } from '../domain/report.ts';
import type { RunReader } from '../domain/run-reader.ts';

export async function reportOf(reader: RunReader): Promise<Report> {
  return {
    plan: reader.plan,
    balance: await reader.balance(),
    fallback: await fallbackOf(reader),
    causes: causeGroups(await reader.causes()),
    rows: () => reader.results(),
  };
}

/** Null where the campaign has no fallback. */
export async function fallbackOf(reader: RunReader): Promise<FallbackCount | null> {
  const { fallback } = reader.plan.campaign;
  if (fallback === null) return null;
  const { code } = fallback.kind === 'template' ? fallback.template : fallback.sms;
  return { name: describeFallback(fallback), template: code, accepted: await reader.acceptedAsFallback() };
}
