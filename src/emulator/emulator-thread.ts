/**
 * The same server in a thread of its own, so that the times it measures do not wait for the caller's event loop. The
 * thread ends with the process and does not keep it alive.
 */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { EmulatorOptionError } from './emulator-option-error.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import type { EmulatorStats } from './statistics.ts';

/** A clock is a set of functions, which cannot cross to another thread. */
export type EmulatorThreadOptions = Omit<EmulatorOptions, 'clock'>;

export interface EmulatorThread {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Rejects when the thread has ended. */
  stats(): Promise<EmulatorStats>;
  /** Cuts what is under way and ends the thread. What was accepted is in the log file. */
  close(): Promise<void>;
}

/** What the thread says; any number it is sent is a question for its counts, answered with the same number. */
export type ThreadMessage =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string | undefined }
  | { readonly kind: 'stats'; readonly question: number; readonly stats: EmulatorStats };

/** Resolves once it listens. Throws `EmulatorOptionError` as `startEmulator` does. */
export async function startEmulatorThread(options: EmulatorThreadOptions = {}): Promise<EmulatorThread> {
  // The worker is a .ts file beside this one in the sources, and a .js file once built.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = new URL(`./emulator-worker.${extension}`, import.meta.url);
  // A collection holds a thread up, and what arrives meanwhile then seems to arrive at once. With room for what is accepted
  // in the first minutes there is none of old objects, which takes 10 ms; those of young ones are short where there is
  // little room for them. Heaps that exist already keep their own measures.
  setFlagsFromString('--initial-heap-size=256');
  setFlagsFromString('--max-semi-space-size=4');
  // Flags of the program, such as --input-type, are meant for its own main file and can stop a thread from starting.
  const worker = new Worker(file, { workerData: options, execArgv: [] });
  const url = await listening(worker);
  const questions = new Questions(worker);
  worker.unref();
  return {
    url,
    stats: () => questions.ask(),
    async close() {
      await worker.terminate();
    },
  };
}

function listening(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: ThreadMessage) => {
      // From here on an error in the thread is a bug that nobody waits for: without a listener it ends the program.
      worker.off('error', reject);
      if (message.kind === 'listening') resolve(message.url);
      if (message.kind === 'failed') reject(new EmulatorOptionError(message.message, { hint: message.hint }));
    });
  });
}

interface Waiting {
  resolve(stats: EmulatorStats): void;
  reject(error: Error): void;
}

/** Pairs the thread's answers with their questions. */
class Questions {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'stats') this.#take(message.question)?.resolve(message.stats);
    });
    worker.once('exit', () => {
      this.#ended = true;
      for (const question of [...this.#waiting.keys()]) this.#take(question)?.reject(threadEnded());
    });
  }

  ask(): Promise<EmulatorStats> {
    if (this.#ended) return Promise.reject(threadEnded());
    const question = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(question, { resolve, reject });
      // Held while an answer is under way, so that a program with nothing else to wait for does not end before it.
      this.#worker.ref();
      this.#worker.postMessage(question);
    });
  }

  #take(question: number): Waiting | undefined {
    const waiting = this.#waiting.get(question);
    this.#waiting.delete(question);
    if (this.#waiting.size === 0) this.#worker.unref();
    return waiting;
  }
}

function threadEnded(): Error {
  return new Error('the emulator thread has ended');
}
