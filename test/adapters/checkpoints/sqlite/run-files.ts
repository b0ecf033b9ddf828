/** Run files for tests, each in a folder that goes away with the test. */
import { join } from 'node:path';
import { openPlanWriter } from '../../../../src/adapters/checkpoints/sqlite/plan-writer.ts';
import { openRunReader } from '../../../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { systemClock } from '../../../../src/cli/system-clock.ts';
import type { Clock } from '../../../../src/domain/clock.ts';
import type { Message } from '../../../../src/domain/message.ts';
import type { PlannedRow } from '../../../../src/domain/plan-store.ts';
import type { ResultRow } from '../../../../src/domain/result.ts';
import type { PlanRecord } from '../../../../src/domain/run-record.ts';
import { flatten } from '../../../support/flatten.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/lists.ts';
import { planRecord } from '../../../support/plan-record.ts';

/** The real clock, but nothing that waits to be grouped waits longer than a turn of the event loop. */
export const impatientClock: Clock = { ...systemClock, schedule: (_ms, callback) => systemClock.schedule(0, callback) };

export function plannedMessage(message: Message): PlannedRow {
  return { kind: 'message', cells: [`+${message.to}`, `row ${message.row}`], message, country: 'CN', segments: null };
}

/** Freezes the messages into a run file, and says where it is. */
export function writeRunFile(path: string, messages: readonly Message[], plan: PlanRecord = planRecord()): string {
  const writer = openPlanWriter(path, plan.campaign);
  writer.append(messages.map(plannedMessage), []);
  writer.finish(plan);
  return path;
}

/** A run file of these messages, in a folder of its own. */
export async function aRunFile(
  messages: readonly Message[],
  plan?: PlanRecord,
): Promise<TemporaryFolder & { readonly run: string }> {
  const folder = await temporaryFolder();
  return { ...folder, run: writeRunFile(join(folder.path, 'some.run'), messages, plan) };
}

export async function readResults(path: string): Promise<readonly ResultRow[]> {
  const reader = openRunReader(path);
  try {
    return await flatten(reader.results());
  } finally {
    reader.close();
  }
}
