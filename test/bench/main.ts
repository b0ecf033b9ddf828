/**
 * The benchmarks, `npm run bench`: measures the built program beside what it could at best be, and prints the tables. It
 * fails only where something could not be run; a missed aim is printed as such, since machines differ.
 *   npm run bench -- --only plan --rows 5000000 --rounds 1
 */
import { parseArgs } from 'node:util';
import { setup } from '../support/build.ts';
import { measureMassSending } from './mass.ts';
import type { BenchOptions, Measurement } from './measurement.ts';
import { measurePlan } from './plan-speed.ts';
import { measureProcessorTime } from './processor-time.ts';
import { measureQuotaUse } from './quota-use.ts';
import { measureReconcile } from './reconcile.ts';
import { renderMeasurement } from './render-measurement.ts';
import { measureTextMessages } from './sms.ts';
import { measureStartUp } from './start-up.ts';

const benchmarks: Readonly<Record<string, (options: BenchOptions) => Promise<Measurement>>> = {
  'start-up': measureStartUp,
  plan: measurePlan,
  processor: measureProcessorTime,
  quota: measureQuotaUse,
  mass: measureMassSending,
  sms: measureTextMessages,
  reconcile: measureReconcile,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(benchmarks).join(',') },
    rows: { type: 'string', default: '300000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '30' },
  },
});

const options: BenchOptions = {
  rows: wholeNumber('rows', values.rows),
  rounds: wholeNumber('rounds', values.rounds),
  seconds: wholeNumber('seconds', values.seconds),
};
const chosen = values.only.split(',').map((name) => {
  const measure = benchmarks[name];
  if (measure === undefined) throw new Error(`--only takes ${Object.keys(benchmarks).join(', ')}, not "${name}"`);
  return measure;
});

setup();
for (const measure of chosen) process.stdout.write(`${renderMeasurement(await measure(options))}\n`);

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${flag} takes a whole number, not "${text}"`);
  return value;
}
