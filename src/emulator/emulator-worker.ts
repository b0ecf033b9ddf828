/** The thread's side of `emulator-thread.ts`: starts the server and answers for its counts. */
import { parentPort, workerData } from 'node:worker_threads';
import { EmulatorOptionError } from './emulator-option-error.ts';
import type { EmulatorThreadOptions, ThreadMessage } from './emulator-thread.ts';
import { startEmulator } from './server.ts';

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

try {
  const options: EmulatorThreadOptions = workerData;
  const emulator = await startEmulator(options);
  parentPort?.on('message', (question: number) => say({ kind: 'stats', question, stats: emulator.stats() }));
  say({ kind: 'listening', url: emulator.url });
} catch (error) {
  if (!(error instanceof EmulatorOptionError)) throw error;
  say({ kind: 'failed', message: error.message, hint: error.hint });
}
