/** Writes a report to a file or a stream: piece by piece, for its owner's eyes only, and never half under its final name. */
import { once } from 'node:events';
import { open, rename, rm } from 'node:fs/promises';
import { OperatorError } from '../domain/operator-error.ts';
import { causeGroups, type Report, type ReportWriter } from '../domain/report.ts';
import type { RunReader } from '../domain/run-reader.ts';
import type { TextStream } from './io.ts';

export class ReportUnwritableError extends OperatorError {
  override readonly code = 'REPORT_UNWRITABLE';
  override readonly kind = 'usage';

  constructor(path: string, cause: unknown) {
    super(`cannot write "${path}"`, { cause, hint: 'check that the folder exists, is writable, and has room' });
  }
}

export async function reportOf(reader: RunReader): Promise<Report> {
  return {
    plan: reader.plan,
    balance: await reader.balance(),
    causes: causeGroups(await reader.causes()),
    rows: () => reader.results(),
  };
}

export async function writeReportFile(path: string, report: Report, writer: ReportWriter): Promise<void> {
  await writeTextFile(path, writer(report));
}

/** Mode 0600: it holds addresses. */
export async function writeTextFile(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      for await (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    if (cause instanceof OperatorError) throw cause;
    throw new ReportUnwritableError(path, cause);
  }
}

export async function writeReportStream(stream: TextStream, report: Report, writer: ReportWriter): Promise<void> {
  for await (const piece of writer(report)) {
    if (!stream.write(piece)) await once(stream, 'drain');
  }
}
