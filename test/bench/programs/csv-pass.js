/** The floor under `plan`: csv-parse reads a list as its documentation shows, rows as arrays, and nothing is done with them. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

const [file] = process.argv.slice(2);
let rows = 0;
for await (const _ of createReadStream(file).pipe(parse())) rows += 1;
if (rows === 0) throw new Error(`"${file}" has no rows`);
