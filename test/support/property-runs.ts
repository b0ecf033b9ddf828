/**
 * Settings of every property test. The cases are drawn from one seed, so that a commit passes or fails alike wherever and
 * whenever it is tested; `SENDOFF_SEED=random npm test` goes looking for others, and a failure prints the seed to give.
 */
import fc from 'fast-check';

const fixedSeed = 20_260_101;
const wanted = process.env['SENDOFF_SEED'] ?? '';

fc.configureGlobal({ seed: wanted === 'random' ? Date.now() % 2 ** 31 : Number(wanted || fixedSeed) });
