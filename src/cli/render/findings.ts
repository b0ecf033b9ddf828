/** Findings for a person: grouped by code, the first of each with its row, cell and value, then how many there are. */
import type { Finding, Severity } from '../../domain/finding.ts';
import { findingCodes } from '../../domain/finding-codes.ts';
import type { FindingGroup } from '../../domain/plan-store.ts';
import { hanging } from './hanging.ts';
import { maskFinding } from './mask-finding.ts';
import { formatNumber } from './number.ts';
import { type Palette, palette } from './palette.ts';
import { renderTable } from './table.ts';
import { inertLine, padEnd, truncate, widthOf } from './wide-text.ts';

export interface FindingsOptions {
  readonly width: number;
  readonly colour?: boolean;
}

const severityOrder: readonly Severity[] = ['fatal', 'error', 'warning', 'info'];

/** A value is shown to be recognised, not to be read. */
const widestValue = 24;
const widestColumn = 20;

/** Gravest first, then largest first. Telephone numbers are masked. */
export function renderFindings(groups: readonly FindingGroup[], { width, colour = false }: FindingsOptions): string {
  const style = palette(colour);
  return [...groups]
    .sort((a, b) => severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) || b.count - a.count)
    .map((group) => groupLines(group, width, style).join('\n'))
    .join('\n\n');
}

function groupLines(group: FindingGroup, width: number, style: Palette): string[] {
  const label = severityStyle(group.severity, style)(group.severity);
  const lines = [`${label}  ${style.bold(group.code)}  ${formatNumber(group.count)}`];
  const first = group.first.map(shown);
  const places = placesOf(first);
  const placeWidth = Math.max(...places.map(widthOf));
  for (const [index, finding] of first.entries()) {
    const beginning = placeWidth === 0 ? '  ' : `  ${padEnd(places[index] ?? '', placeWidth)}  `;
    lines.push(...hanging(beginning, finding.message, width));
  }
  const more = group.count - first.length;
  if (more > 0) lines.push(`  … and ${formatNumber(more)} more`);
  lines.push(...hanging('  fix: ', fixOf(group.code, first), width));
  return lines;
}

/** `row 17  name  "value"`: where each finding stands, in aligned columns, without those that no finding names. */
function placesOf(findings: readonly Finding[]): string[] {
  const cells = findings.map(({ row, column, value }) => [
    row === null ? '' : `row ${row}`,
    column === null ? '' : truncate(column, widestColumn),
    value === null ? '' : `"${truncate(value, widestValue)}"`,
  ]);
  const named = [0, 1, 2].filter((index) => cells.some((line) => line[index] !== ''));
  return renderTable(cells.map((line) => named.map((index) => line[index] ?? ''))).split('\n');
}

/** What the list wrote, so that it neither tells an address nor steers the terminal. */
function shown(finding: Finding): Finding {
  const { column, value, message, hint } = maskFinding(finding);
  return {
    ...finding,
    column: column === null ? null : inertLine(column),
    value: value === null ? null : inertLine(value),
    message: inertLine(message),
    hint: hint === null ? null : inertLine(hint),
  };
}

/** The hint where all the findings shown have the same, else what the code says in general. */
function fixOf(code: FindingGroup['code'], first: readonly Finding[]): string {
  const hint = first[0]?.hint ?? null;
  const shared = hint !== null && first.every((finding) => finding.hint === hint);
  return shared ? hint : findingCodes[code].fix;
}

function severityStyle(severity: Severity, { red, yellow, dim }: Palette): (text: string) => string {
  switch (severity) {
    case 'fatal':
    case 'error':
      return red;
    case 'warning':
      return yellow;
    case 'info':
      return dim;
  }
}
