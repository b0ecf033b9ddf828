/**
 * The demo, `npm run demo`: sends a list of 400 through the emulator as an operator would, and tells how to go on. The
 * list meets four refusals on purpose, so `send` ends with 6, and that is what the demo is to show.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line = '') => process.stdout.write(`${line}\n`);

for (const left of ['run', 'run-wal', 'run-shm', 'run.lock', 'csv']) rmSync(`${root}runs/demo.${left}`, { force: true });

const send =
  'send samples/order-shipped.yaml --faults samples/faults.yaml --yes --run runs/demo.run --results runs/demo.csv';
say(`$ sendoff ${send}`);
const sent = spawnSync(process.execPath, ['dist/cli/main.js', ...send.split(' ')], { cwd: root, stdio: 'inherit' });

say();
if (sent.status === 6) {
  say('send ended with 6: finished, and some rows failed for good. That was the demo: nobody received anything.');
  say('What became of every row is in runs/demo.csv. Try next:');
  say('  npx sendoff preview samples/two-languages.yaml --emulator   the message as its reader sees it');
  say('  npx sendoff check samples/mistakes.yaml --emulator          a list with every kind of mistake');
  say('  npx sendoff explain 131026                                  what a code means, and what to do');
  say('  npx sendoff init my-campaign                                a campaign of your own');
} else {
  say(`send ended with ${sent.status ?? sent.signal}, and 6 was expected: please report this with the lines above.`);
  process.exitCode = 1;
}
