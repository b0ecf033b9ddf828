import { copyFileSync, existsSync } from 'node:fs';
import { openCheckpoint } from '../../../../src/adapters/checkpoints/sqlite/checkpoint.ts';
import type { Checkpoint } from '../../../../src/domain/checkpoint.ts';
import { checkpointChannelsContract } from '../../../contracts/checkpoint-channels-contract.ts';
import { checkpointContract, type OpenCheckpoint } from '../../../contracts/checkpoint-contract.ts';
import { aRunFile, impatientClock, readResults } from './run-files.ts';

const open: OpenCheckpoint = async (messages, plan) => {
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
};

checkpointContract('a run file', open);
checkpointChannelsContract('a run file', open);
