/**
 * A report as one JSON object: what was run, the balance, how many went out as a fallback, the causes, and every row as in the JSON lines. All of it in
 * one line, so that it is a line of JSON among others on standard output.
 */
import { smsOf, templateOf } from '../../domain/campaign.ts';
import type { CauseGroup, Report, ReportWriter } from '../../domain/report.ts';
import { reportTable } from '../../domain/report-table.ts';
import { rowJson } from './jsonl.ts';

export const jsonReport: ReportWriter = async function* (report) {
  const table = reportTable(report.plan);
  yield `{"run":${JSON.stringify(runOf(report))},"balance":${JSON.stringify(report.balance)},`;
  yield `"fallback":${JSON.stringify(report.fallback)},`;
  yield `"causes":${JSON.stringify(report.causes.map(causeJson))},"rows":[`;
  let separator = '';
  for await (const rows of report.rows()) {
    if (rows.length === 0) continue;
    yield separator + rows.map((row) => rowJson(table, row)).join(',');
    separator = ',';
  }
  yield ']}\n';
};

function runOf({ plan }: Report): object {
  return {
    id: plan.runId,
    campaign: plan.campaign.name,
    emulated: plan.service.kind === 'emulator',
    endpoint: plan.service.endpoint,
    account: plan.account,
    from: plan.campaign.from,
    channel: plan.campaign.channel,
    template: (templateOf(plan.campaign) ?? smsOf(plan.campaign))?.code ?? null,
    messageType: plan.campaign.content.kind === 'session' ? plan.campaign.content.type : null,
    plannedAt: new Date(plan.plannedAt).toISOString(),
    version: plan.version,
  };
}

function causeJson({ retryAt, ...cause }: CauseGroup): object {
  return { ...cause, retryAt: retryAt === null ? null : new Date(retryAt).toISOString() };
}
