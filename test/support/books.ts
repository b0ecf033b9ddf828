/**
 * Holds a run file against the log of the emulator it was sent to: the one record of what was accepted that no kill and
 * no fault on the way can have touched.
 */
import { openRunReader } from '../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { type Balance, isBalanced } from '../../src/domain/balance.ts';
import type { ResultRow, ResultStatus } from '../../src/domain/result.ts';
import type { AcceptedMessage } from '../../src/emulator/message-draft.ts';

export interface Books {
  readonly balance: Balance;
  /** Every way in which the run file and the log contradict each other or themselves. */
  readonly contradictions: readonly string[];
  /** Addresses by where their rows stand, in list order. */
  addresses(status: ResultStatus): readonly string[];
  /** What the log holds of this run, in the order of acceptance. */
  readonly logged: readonly string[];
}

export async function readBooks(run: string, log: readonly AcceptedMessage[]): Promise<Books> {
  const reader = openRunReader(run);
  try {
    const results: ResultRow[] = [];
    for await (const rows of reader.results()) results.push(...rows);
    const mine = log.filter(({ taskId }) => taskId?.startsWith(`${reader.plan.runId}-`));
    const balance = await reader.balance();
    return {
      balance,
      contradictions: [...judgeBalance(balance, results), ...judgeLog(results, mine)],
      addresses: (status) => results.filter((row) => row.status === status).map(({ to }) => to ?? ''),
      logged: mine.map(({ to }) => to),
    };
  } finally {
    reader.close();
  }
}

/** Where the run file stands by itself: cheap, for between two kills. */
export async function readBalance(run: string): Promise<Balance> {
  const reader = openRunReader(run);
  try {
    return await reader.balance();
  } finally {
    reader.close();
  }
}

function judgeBalance(balance: Balance, results: readonly ResultRow[]): readonly string[] {
  const statuses = ['accepted', 'rejected', 'unknown', 'skipped', 'invalid', 'unsent'] as const;
  const count = (status: ResultStatus) => results.filter((row) => row.status === status).length;
  return [
    ...(isBalanced(balance) ? [] : [`the balance does not add up: ${JSON.stringify(balance)}`]),
    ...(balance.rows === results.length ? [] : [`${balance.rows} rows were read, ${results.length} are reported`]),
    ...statuses
      .filter((status) => count(status) !== balance[status])
      .map((status) => `the balance has ${balance[status]} ${status}, the report ${count(status)}`),
  ];
}

function judgeLog(results: readonly ResultRow[], log: readonly AcceptedMessage[]): readonly string[] {
  const byAddress = new Map(results.map((row) => [row.to, row]));
  const logged = new Map<string, AcceptedMessage>();
  const contradictions: string[] = [];
  for (const message of log) {
    const status = byAddress.get(message.to)?.status ?? 'not in the list';
    if (logged.has(message.to)) contradictions.push(`${message.to} was accepted twice`);
    if (status !== 'accepted' && status !== 'unknown')
      contradictions.push(`${message.to} was accepted and is ${status}`);
    logged.set(message.to, message);
  }
  for (const { to, status, messageId, groupMessageId } of results) {
    if (status !== 'accepted') continue;
    const found = logged.get(to ?? '');
    const ours = messageId ?? groupMessageId;
    const theirs = (messageId === null ? found?.groupMessageId : found?.messageId) ?? 'nothing';
    if (ours !== theirs) contradictions.push(`${to} is accepted as ${ours}, and the log has ${theirs}`);
  }
  return contradictions;
}
