import { join } from 'node:path';
import { openCheckpoint } from '../../../../src/adapters/checkpoints/sqlite/checkpoint.ts';
import { openPlanWriter } from '../../../../src/adapters/checkpoints/sqlite/plan-writer.ts';
import { openRunReader } from '../../../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { runReaderContract } from '../../../contracts/run-reader-contract.ts';
import { temporaryFolder } from '../../../support/lists.ts';
import { impatientClock } from './run-files.ts';

runReaderContract('a run file', async ({ plan, rows, findings }) => {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'some.run');
  const writer = openPlanWriter(path, plan.campaign);
  writer.append(rows, findings);
  writer.settleRepeats(() => {});
  writer.finish(plan);
  const { checkpoint } = openCheckpoint(path, impatientClock);
  const reader = openRunReader(path);
  return {
    reader,
    checkpoint,
    async [Symbol.asyncDispose]() {
      reader.close();
      await checkpoint.close();
      await folder[Symbol.asyncDispose]();
    },
  };
});
