/** Opens a finished run file and makes sure that it is one this version understands. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { PlanRecord } from '../../../domain/run-record.ts';
import { NotARunFileError, RunFileMissingError, RunFileTooNewError } from './run-file-errors.ts';
import { applicationId, schemaVersion } from './schema.ts';
import { asReadError, isHalfWritten } from './sqlite-errors.ts';

export interface OpenedRunFile {
  readonly db: DatabaseSync;
  readonly plan: PlanRecord;
}

/** How long a reader waits for a writer that holds the file for a moment, in milliseconds. */
const busyTimeoutMs = 5_000;

export function openRunFile(path: string, mode: 'read' | 'write'): OpenedRunFile {
  if (!existsSync(path)) throw new RunFileMissingError(path);
  try {
    return mode === 'write' ? connect(path, mode) : connectToRead(path);
  } catch (cause) {
    throw asReadError(cause, path);
  }
}

function connectToRead(path: string): OpenedRunFile {
  try {
    return connect(path, 'read');
  } catch (cause) {
    if (!isHalfWritten(cause)) throw cause;
    connect(path, 'write').db.close();
    return connect(path, 'read');
  }
}

function connect(path: string, mode: 'read' | 'write'): OpenedRunFile {
  const db = new DatabaseSync(path, { readOnly: mode === 'read', timeout: busyTimeoutMs });
  try {
    return { db, plan: readPlan(db, path) };
  } catch (cause) {
    db.close();
    throw cause;
  }
}

function readPlan(db: DatabaseSync, path: string): PlanRecord {
  const id = Number(db.prepare('PRAGMA application_id').get()?.['application_id']);
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (id !== applicationId) throw new NotARunFileError(path);
  if (version > schemaVersion) throw new RunFileTooNewError(path, version, schemaVersion);
  const record = db.prepare('SELECT record FROM plan').get()?.['record'];
  if (typeof record !== 'string') throw new NotARunFileError(path);
  // Written by the plan writer of this or an older schema version, which the marks above vouch for.
  return JSON.parse(record) as PlanRecord;
}
