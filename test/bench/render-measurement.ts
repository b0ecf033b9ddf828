/** A measurement as text: its table, then how it stands to the aims. */
import type { Measurement } from './measurement.ts';

export function renderMeasurement({ title, note, head, lines, aims }: Measurement): string {
  const widths = head.map((name, column) => Math.max(name.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const row = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   ');
  const verdicts = aims.map(({ words, reached, met }) => `${met ? 'met  ' : 'SHORT'}  ${words}: ${reached}`);
  return [title, note, '', row(head), ...lines.map(row), '', ...verdicts, ''].join('\n');
}
