import { copyFileSync, existsSync } from 'node:fs';
import { openCheckpoint } from '../../../../src/adapters/checkpoints/sqlite/checkpoint.ts';
import type { Checkpoint } from '../../../../src/domain/checkpoint.ts';
import { checkpointContract } from '../../../contracts/checkpoint-contract.ts';
import { aRunFile, impatientClock, readResults } from './run-files.ts';

checkpointContract('a run file', async (messages, plan) => {
  const { run, [Symbol.asyncDispose]: remove } = await aRunFile(messages, plan);
  let path = run;
  const held: Checkpoint[] = [];
  const hold = (): Checkpoint => {
    const { checkpoint } = openCheckpoint(path, impatientClock);
    held.push(checkpoint);
    return checkpoint;
  };
  return {
    checkpoint: hold(),
    results: () => readResults(path),
    async reopenAfterKill() {
      // What a killed process leaves is what is on disk at that moment: the file and the journal beside it.
      const left = `${path}.left`;
      for (const ending of ['', '-wal']) if (existsSync(path + ending)) copyFileSync(path + ending, left + ending);
      path = left;
      return hold();
    },
    async [Symbol.asyncDispose]() {
      for (const checkpoint of held) await checkpoint.close();
      await remove();
    },
  };
});
