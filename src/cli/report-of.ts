/** The report of a run file, to be shown or written while the file is open. */
import { causeGroups, type Report } from '../domain/report.ts';
import type { RunReader } from '../domain/run-reader.ts';

export async function reportOf(reader: RunReader): Promise<Report> {
  return {
    plan: reader.plan,
    balance: await reader.balance(),
    causes: causeGroups(await reader.causes(), reader.plan.campaign.channel),
    rows: () => reader.results(),
  };
}
