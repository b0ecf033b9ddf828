/** `sendoff emulator` as a process of its own: it outlives whatever a test kills, and its log outlives it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../../src/emulator/emulator-options.ts';
import type { FaultRule } from '../../src/emulator/fault-rule.ts';
import type { AcceptedMessage } from '../../src/emulator/message-draft.ts';
import type { EmulatorStats } from '../../src/emulator/statistics.ts';
import type { TemplateChange } from '../../src/emulator/wire-template.ts';
import { mainFile } from './run-cli.ts';

/** The environment of a program that is to be let in. */
export const emulatorEnv = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: emulatorAccessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulatorAccessKeySecret,
} as const;

export interface EmulatorProcessOptions {
  /** Where its log and its faults are kept; one started later in the same folder adds to the same log. */
  readonly folder: string;
  readonly port?: number;
  readonly ratePerSecond?: number;
  readonly latencyMs?: number;
  readonly faults?: readonly FaultRule[];
  readonly seed?: number;
  /** False keeps no log, so that writing it delays nothing that is measured. */
  readonly logged?: boolean;
  /** Further words of its command line. */
  readonly flags?: readonly string[];
}

export interface EmulatorProcess extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** What it has accepted, also once it is dead. */
  accepted(): Promise<readonly AcceptedMessage[]>;
  stats(): Promise<EmulatorStats>;
  changeTemplate(change: TemplateChange): Promise<void>;
  /** Ends it without a word, as a machine that fails would. */
  kill(): Promise<void>;
}

export async function openEmulatorProcess(options: EmulatorProcessOptions): Promise<EmulatorProcess> {
  const { folder, port = 0, ratePerSecond = 100_000, latencyMs = 5, faults = [], seed = 1, logged = true } = options;
  const log = join(folder, 'accepted.jsonl');
  const faultsFile = join(folder, 'faults.yaml');
  await writeFile(faultsFile, JSON.stringify({ faults }));
  const served = { port, quota: ratePerSecond, latency: latencyMs, seed, faults: faultsFile };
  const flags = logged ? { ...served, log } : served;
  const args = [
    ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...(options.flags ?? []),
  ];
  const child = spawn(process.execPath, [mainFile, 'emulator', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  // Not even a test that hangs may leave one behind.
  const die = () => child.kill('SIGKILL');
  process.once('exit', die);
  const url = await listeningUrl(child.stdout);
  return {
    url,
    port: Number(new URL(url).port),
    accepted: () => readLog(log),
    stats: async () => {
      const response = await fetch(`${url}/_emulator/stats`);
      // The emulator's own words, of the type it writes them from.
      return (await response.json()) as EmulatorStats;
    },
    async changeTemplate(change) {
      const response = await fetch(`${url}/_emulator/templates`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(change),
      });
      if (!response.ok) throw new Error(`the emulator refused the change: ${await response.text()}`);
    },
    kill: end,
    [Symbol.asyncDispose]: end,
  };

  async function end(): Promise<void> {
    die();
    await ended;
    process.off('exit', die);
  }
}

async function listeningUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const event: unknown = JSON.parse(line);
    if (typeof event === 'object' && event !== null && 'url' in event) return String(event.url);
  }
  throw new Error('the emulator ended before it listened');
}

async function readLog(path: string): Promise<readonly AcceptedMessage[]> {
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, 'utf8')).split('\n');
  // The emulator writes each line whole, of the type it is read as.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as AcceptedMessage);
}
