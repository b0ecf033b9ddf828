/** A report as Markdown, for a ticket or a CI summary: balance, causes with what to do, and the first failed rows. */
import type { Balance } from '../../domain/balance.ts';
import { type Campaign, describeContent } from '../../domain/campaign.ts';
import type { CauseGroup, FallbackCount, Report, ReportWriter } from '../../domain/report.ts';
import { diagnose } from '../../domain/report.ts';
import type { ResultRow } from '../../domain/result.ts';
import type { PlanRecord } from '../../domain/run-record.ts';

/** A summary is read by people; the whole table is what the other forms are for. */
const mostFailedRows = 100;

const parts = ['accepted', 'rejected', 'unknown', 'skipped', 'invalid', 'unsent'] as const;

export const mdReport: ReportWriter = async function* (report) {
  yield heading(report.plan);
  yield balanceTable(report.balance);
  yield fallbackLine(report.fallback);
  if (report.causes.length > 0) yield `## Causes\n\n${report.causes.map(causeSection).join('')}`;
  yield* failedRows(report);
};

function heading({ campaign, service, runId, plannedAt }: PlanRecord): string {
  const banner =
    service.kind === 'emulator'
      ? `> **EMULATED RUN.** Every message went to the emulator at ${escaped(service.endpoint)}; nobody received anything.\n\n`
      : '';
  const facts = [
    escaped(describeContent(campaign)),
    escaped(senderOf(campaign)),
    `planned ${isoSeconds(plannedAt)}`,
    `run ${escaped(runId)}`,
  ];
  return `# ${escaped(campaign.name)}\n\n${banner}${facts.join(', ')}\n\n`;
}

/** Text messages have a sign in the place of a sender. */
function senderOf({ content, from }: Campaign): string {
  if (content.kind !== 'sms') return `from ${from}`;
  const { sign } = content;
  return sign.kind === 'fixed' ? `sign ${sign.sign}` : `signs by the column ${sign.column}`;
}

function balanceTable(balance: Balance): string {
  const lines = parts.map((part) => `| ${part} | ${balance[part]} |\n`);
  return `| | rows |\n| --- | ---: |\n${lines.join('')}| **rows read** | **${balance.rows}** |\n\n`;
}

/** Empty where every accepted row went out as its message. */
function fallbackLine(fallback: FallbackCount | null): string {
  if (fallback === null || fallback.accepted === 0) return '';
  return `Of the accepted, ${fallback.accepted} as ${escaped(fallback.name)}.\n\n`;
}

function causeSection(group: CauseGroup): string {
  const more = group.rows - group.firstRows.length;
  const rows = `${group.firstRows.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const items = [
    escaped(group.cause),
    ...(group.fix === '' ? [] : [`**Fix:** ${escaped(group.fix)}`]),
    `**Rows:** ${rows}`,
    ...(group.retryAt === null ? [] : [`**Retry from:** ${isoSeconds(group.retryAt)}`]),
  ];
  const title = `### ${group.rows} ${group.status}: ${escaped(group.code)}`;
  return `${title}\n\n${items.map((item) => `- ${item}\n`).join('')}\n`;
}

/** Rows that a person may have to do something about. What was left out on purpose or has not gone yet is not among them. */
function hasFailed(row: ResultRow): boolean {
  return row.status === 'rejected' || row.status === 'unknown' || row.status === 'invalid';
}

function failedCount({ rejected, unknown, invalid }: Balance): number {
  return rejected + unknown + invalid;
}

async function* failedRows({ balance, rows: chunks }: Report): AsyncIterable<string> {
  const total = failedCount(balance);
  if (total === 0) return;
  yield '## Failed rows\n\n| row | to | status | code | cause |\n| ---: | --- | --- | --- | --- |\n';
  let listed = 0;
  const most = Math.min(mostFailedRows, total);
  for await (const rows of chunks()) {
    const failed = rows.filter(hasFailed).slice(0, most - listed);
    listed += failed.length;
    yield failed.map((row) => failedLine(row)).join('');
    if (listed === most) break;
  }
  if (total > listed) yield `\n… and ${total - listed} more\n`;
}

function failedLine(row: ResultRow): string {
  const cause = row.status === 'invalid' ? row.detail : diagnose(row.status, row.code, row.channel)?.cause;
  const cells = [String(row.row), row.to, row.status, row.code, cause];
  return `| ${cells.map((cell) => escaped(cell ?? '')).join(' | ')} |\n`;
}

function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Text that Markdown shows as it is, in one line. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~&]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}
