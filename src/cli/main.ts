#!/usr/bin/env node
/**
 * The way in: makes sure that this Node.js can run sendoff before anything is loaded that it could not even parse. Only
 * long-standing syntax here.
 */
import process from 'node:process';

const needed = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found < needed) {
  process.stderr.write(
    `error: sendoff needs Node.js ${needed} or newer; this is ${process.versions.node} (${process.execPath})\n` +
      'hint: in the project folder "npx sendoff" uses the right one; elsewhere install Node.js 24\n',
  );
  process.exitCode = 2;
} else {
  const { setFlagsFromString } = await import('node:v8');
  // A list is a stream of short-lived rows. Having seen a few batches alive, V8 would make all later rows among its old
  // objects, which are collected late: a plan of a million rows then takes 310 MB, and 170 MB so.
  setFlagsFromString('--no-allocation-site-pretenuring');
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { runFromProcess } = await import('./run-from-process.ts');
  await runFromProcess();
}
