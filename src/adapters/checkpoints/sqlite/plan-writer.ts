/**
 * Writes a plan into a new run file. It is built beside its place without fsync or a journal on disk, since a half plan
 * is worth nothing, then made durable and given its name in one step. With no path it is a scratch plan that `check`
 * and `preview` use: the same work on a private temporary file that vanishes with the process.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Campaign } from '../../../domain/campaign.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { PlannedRow, PlanWriter } from '../../../domain/plan-store.ts';
import type { PlanRecord } from '../../../domain/run-record.ts';
import { wordColumns } from './message-columns.ts';
import { planReader } from './plan-queries.ts';
import { RunFileExistsError, RunFileUnwritableError } from './run-file-errors.ts';
import { acquireRunLock, type RunLock } from './run-lock.ts';
import { applicationId, createPlanTables, createRunTables, disposition, schemaVersion } from './schema.ts';
import { leaveOutRepeats, leaveOutSuppressed } from './settle-repeats.ts';
import { asWriteError } from './sqlite-errors.ts';

/** `path` null makes a scratch plan, which cannot be finished. Throws when the file exists or another process is at it. */
export function openPlanWriter(path: string | null, campaign: Campaign): PlanWriter {
  if (path === null) return planWriter(openDatabase(''), campaign, null);
  const { lock, madeFolder } = lockNewFile(path);
  const partial = `${path}.partial`;
  try {
    // What a killed plan left behind; nobody else can be at it while we hold the lock.
    rmSync(partial, { force: true });
    // Made by hand, since addresses are in it from the first row on: nobody else may ever read it.
    closeSync(openSync(partial, 'wx', 0o600));
    return planWriter(openDatabase(partial), campaign, { path, partial, lock, madeFolder });
  } catch (cause) {
    lock.release();
    throw new RunFileUnwritableError(path, cause);
  }
}

function lockNewFile(path: string): Pick<Place, 'lock' | 'madeFolder'> {
  const madeFolder = makeFolderOf(path);
  const lock = acquireRunLock(path);
  if (!existsSync(path)) return { lock, madeFolder };
  lock.release();
  throw new RunFileExistsError(path);
}

/** The topmost folder that had to be made, or null. */
function makeFolderOf(path: string): string | null {
  try {
    return mkdirSync(dirname(path), { recursive: true }) ?? null;
  } catch (cause) {
    throw new RunFileUnwritableError(path, cause);
  }
}

/** Removes the folders that were made for a file that did not come to be, unless something else is in them by now. */
function removeMadeFolders({ path, madeFolder }: Place): void {
  if (madeFolder === null) return;
  const topmost = resolve(madeFolder);
  try {
    for (let folder = resolve(dirname(path)); folder.startsWith(topmost); folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Somebody uses it: then it stays.
  }
}

function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  // Not OFF, which Node.js forbids and SQLite then passes over in silence: the journal would lie beside the file.
  db.exec(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; ${createPlanTables}`);
  return db;
}

interface Place {
  readonly path: string;
  readonly partial: string;
  readonly lock: RunLock;
  /** The topmost folder that was made for the file, or null. */
  readonly madeFolder: string | null;
}

function planWriter(db: DatabaseSync, campaign: Campaign, place: Place | null): PlanWriter {
  const insertRows = inserter(db, 'planned', 11, rowRecord);
  const insertFindings = inserter(db, 'finding', 7, findingRecord);
  let closed = false;
  // One transaction for the whole plan: nobody else reads it before it is finished, and every commit writes pages anew.
  db.exec('BEGIN');

  /** Not taken back when it fails: a plan that is half written is dropped as a whole. */
  function write<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw asWriteError(cause, place?.path ?? null);
    }
  }

  function addFinding(finding: Finding): void {
    insertFindings([finding]);
  }

  return {
    ...planReader(db, campaign),
    append(rows, findings) {
      write(() => {
        insertRows(rows);
        insertFindings(findings);
      });
    },
    suppress(addresses) {
      write(() => {
        db.exec('CREATE TEMP TABLE IF NOT EXISTS suppressed (address TEXT PRIMARY KEY) WITHOUT ROWID');
        const insert = db.prepare('INSERT OR IGNORE INTO suppressed VALUES (?)');
        for (const address of addresses) insert.run(address);
      });
    },
    settleRepeats(onLeftOut) {
      return write(() => {
        leaveOutSuppressed(db, addFinding, onLeftOut);
        return leaveOutRepeats(db, campaign.channel, addFinding, onLeftOut);
      });
    },
    finish(plan) {
      if (place === null) throw new Error('a scratch plan has no file to finish');
      write(() => {
        complete(db, plan);
        db.exec('COMMIT');
      });
      db.close();
      publish(place);
      closed = true;
      place.lock.release();
    },
    discard() {
      if (closed) return;
      closed = true;
      if (db.isOpen) db.close();
      if (place === null) return;
      rmSync(place.partial, { force: true });
      place.lock.release();
      removeMadeFolders(place);
    },
  };
}

type SqlRecord = readonly SQLInputValue[];

/** Records that one statement takes: each run of a statement costs as much as binding a few records. */
const recordsAtOnce = 20;

/** Inserts things into a table, most of them many at a time. */
function inserter<T>(
  db: DatabaseSync,
  table: string,
  columns: number,
  recordOf: (thing: T) => SqlRecord,
): (things: readonly T[]) => void {
  const values = `(${Array(columns).fill('?').join(', ')})`;
  const one = db.prepare(`INSERT INTO ${table} VALUES ${values}`);
  const many = db.prepare(`INSERT INTO ${table} VALUES ${Array(recordsAtOnce).fill(values).join(', ')}`);
  return (things) => {
    const inGroups = things.length - (things.length % recordsAtOnce);
    for (let at = 0; at < inGroups; at += recordsAtOnce) {
      many.run(...things.slice(at, at + recordsAtOnce).flatMap(recordOf));
    }
    for (const thing of things.slice(inGroups)) one.run(...recordOf(thing));
  };
}

function rowRecord(planned: PlannedRow): SqlRecord {
  const cells = JSON.stringify(planned.cells);
  if (planned.kind === 'invalid') {
    return [planned.row, disposition.invalid, cells, planned.to, null, null, null, null, null, null, null];
  }
  const { row, to, key } = planned.message;
  const { language, words, request, fallback } = wordColumns(planned.message);
  return [row, disposition.send, cells, to, planned.country, language, words, request, fallback, planned.segments, key];
}

function findingRecord({ row, column, code, severity, value, message, hint }: Finding): SqlRecord {
  return [row, column, code, severity, value, message, hint];
}

function complete(db: DatabaseSync, plan: PlanRecord): void {
  db.exec(createRunTables);
  db.prepare('INSERT INTO plan VALUES (?)').run(JSON.stringify(plan));
  db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
}

/** On disk first, then under its name, and never over something that has the name already. */
function publish({ path, partial }: Place): void {
  try {
    syncPath(partial);
    giveName(partial, path);
    syncPath(dirname(path));
  } catch (cause) {
    throw existsSync(partial) && existsSync(path)
      ? new RunFileExistsError(path)
      : new RunFileUnwritableError(path, cause);
  }
}

function giveName(partial: string, path: string): void {
  try {
    linkSync(partial, path);
  } catch (cause) {
    if (!isWithoutLinks(cause)) throw cause;
    // File systems without hard links (FAT, some shares): the lock is what keeps others away.
    renameSync(partial, path);
    return;
  }
  rmSync(partial);
}

function isWithoutLinks(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(String(cause.code))
  );
}

function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
