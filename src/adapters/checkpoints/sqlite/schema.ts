/**
 * The layout of a run file. Two halves: what the plan froze (`plan`, `planned`, `finding`), which never changes once
 * planned (but for whose it is, where that is not known before the first send), and `attempt`, which is all a run adds. Where a row stands is not stored twice: it follows from its
 * newest attempt.
 */

/** "SOFF": marks a SQLite file as a run file, so that any other database is told apart at once. */
export const applicationId = 0x534f4646;
/** Raised with every change of the layout. A file with a higher number was written by a newer sendoff. */
export const schemaVersion = 1;

/** What the plan decided for a row. Stored as a number: there may be ten million of them. */
export const disposition = { send: 0, invalid: 1, duplicate: 2, suppressed: 3 } as const;

/**
 * `words` are what a message says: the params of its template, or its content where it is a session message (`language`
 * is then empty). `request` and `fallback` are null where there is nothing of the kind.
 */
export const createPlanTables = `
  CREATE TABLE plan (record TEXT NOT NULL);
  CREATE TABLE planned (
    row INTEGER PRIMARY KEY,
    disposition INTEGER NOT NULL,
    cells TEXT NOT NULL,
    address TEXT,
    country TEXT,
    language TEXT,
    words TEXT,
    request TEXT,
    fallback TEXT,
    segments INTEGER,
    key TEXT
  );
  CREATE TABLE finding (
    row INTEGER, "column" TEXT, code TEXT NOT NULL, severity TEXT NOT NULL,
    value TEXT, message TEXT NOT NULL, hint TEXT
  );
  CREATE INDEX finding_by_row ON finding (row);
`;

/**
 * One record a row and try. \`leaves\` says where the try leaves its row ('open' while it is under way) and is null once
 * a later try of the same row has begun, so that each row has at most one record with a \`leaves\`. \`fell_back\` is 1 for the
 * try whose refusal made the row go out as its fallback: every later try of the row is one of the fallback. \`group_id\` is the name of the request it
 * shared with others, and \`delivery\` what was told of it after it was accepted, with \`delivered_at\` where it arrived.
 */
export const createRunTables = `
  CREATE TABLE attempt (
    row INTEGER NOT NULL,
    number INTEGER NOT NULL,
    request TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT,
    code TEXT,
    reason TEXT,
    message_id TEXT,
    request_id TEXT,
    leaves TEXT,
    fell_back INTEGER NOT NULL DEFAULT 0,
    group_id TEXT,
    delivery TEXT,
    delivered_at INTEGER,
    PRIMARY KEY (row, number)
  ) WITHOUT ROWID;
`;

/** How an attempt ended that a dead process left open. */
export const interrupted = { code: 'INTERRUPTED', reason: 'the process ended before an answer was recorded' } as const;
