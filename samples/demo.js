/**
 * The demo, `npm run demo`: sends a list of 400 through the emulator as an operator would, and tells how to go on. The
 * emulator refuses four of them on purpose, so `send` ends with 6, and that is what the demo is to show. The run file goes
 * into `runs`, or into the folder that is named.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const [folder = 'runs'] = process.argv.slice(2);
const say = (line = '') => process.stdout.write(`${line}\n`);

const run = path.join(folder, 'demo.run');
const results = path.join(folder, 'demo.csv');
for (const left of [run, `${run}-wal`, `${run}-shm`, results]) rmSync(path.resolve(root, left), { force: true });

const what = ['samples/order-shipped.yaml', '--faults', 'samples/faults.yaml', '--yes'];
const send = ['send', ...what, '--run', run, '--results', results];
say(`$ sendoff ${send.join(' ')}`);
const { status, signal } = spawnSync(process.execPath, ['dist/cli/main.js', ...send], { cwd: root, stdio: 'inherit' });

say();
if (status === 6) {
  say('send ended with 6: finished, and some rows failed for good. That was the demo: nobody received anything.');
  say(`What became of every row is in ${results}. Try next:`);
  say('  npx sendoff preview samples/two-languages.yaml --emulator   the message as its reader sees it');
  say('  npx sendoff check samples/mistakes.yaml --emulator          a list with every kind of mistake');
  say('  npx sendoff explain 131026                                  what a code means, and what to do');
  say('  npx sendoff init my-campaign                                a campaign of your own');
} else {
  say(`send ended with ${status ?? signal}, and 6 was expected: please report this with the lines above.`);
  process.exitCode = 1;
}
