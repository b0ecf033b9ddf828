/** A folder and emulators that outlive every command of a test, and end with it. */
import { beforeEach } from 'vitest';
import { type EmulatorProcess, type EmulatorProcessOptions, openEmulatorProcess } from './emulator-process.ts';
import { type TemporaryFolder, temporaryFolder } from './lists.ts';

export interface LastingEmulators {
  /** Of the test that runs. */
  folder(): string;
  open(options?: Omit<EmulatorProcessOptions, 'folder'>): Promise<EmulatorProcess>;
}

/** To be called once a test file, outside of its tests. */
export function lastingEmulators(): LastingEmulators {
  let folder: TemporaryFolder;
  let emulators: EmulatorProcess[];
  beforeEach(async () => {
    folder = await temporaryFolder();
    emulators = [];
    return async () => {
      for (const emulator of emulators) await emulator[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    };
  });
  return {
    folder: () => folder.path,
    async open(options = {}) {
      const emulator = await openEmulatorProcess({ folder: folder.path, ...options });
      emulators.push(emulator);
      return emulator;
    },
  };
}
