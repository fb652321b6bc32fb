import { existsSync } from 'node:fs';
import type { BenchCase } from '../case';
import { fileParts } from '../file-parts';
import { withMixtureTable } from '../with-mixture-table';

const FLIGHTS = 'node_modules/vega-datasets/data/flights-3m.parquet';
/** So many levels are taken for text where nothing is said. */
const AIRPORTS = { origin: 'category', destination: 'category' } as const;
/** Training rows that a level must have: the airports then are some twenty each, and the rest of them. */
const COMMON = 40_000;

/** The real table of 3,000,000 flights that vega-datasets brings: the delay on distance and time, and on the airports, too. */
export const flights: BenchCase = {
  name: 'flights',
  heavy: true,
  async *run(bench) {
    if (!existsSync(FLIGHTS)) {
      bench.skip('flights: vega-datasets has no flights-3m.parquet here.');
      return;
    }
    const maxIterations = bench.quick ? 2 : 100;
    const of = { path: FLIGHTS, target: 'delay', types: AIRPORTS, restarts: 1, maxIterations, memory: null };
    const times = { date: { date: 'parts' } } as const;
    const airports = { origin: { pool: COMMON }, destination: { pool: COMMON } };
    const numbers = { ...of, features: ['distance', 'date'], prepare: times, experts: 4 };
    const all = [...numbers.features, 'origin', 'destination'];
    const whole = { ...of, features: all, prepare: { ...times, ...airports }, experts: 2 };
    yield (await fileParts('flights, numbers and parts of the date', numbers, bench)).results;
    yield (await fileParts('flights, all columns', whole, bench)).results;
  },
};

/** A generated table of 1,000,000 rows and 20 features, from the CSV to a converged fit. */
export const million: BenchCase = {
  name: 'million',
  heavy: true,
  async *run(bench) {
    yield await withMixtureTable('million', bench.quick ? 5_000 : 1_000_000, bench, async (path) => {
      const fit = { experts: 4, restarts: 1, maxIterations: 1000, memory: null };
      return (await fileParts('million', { path, target: 'y', features: null, ...fit }, bench)).results;
    });
  },
};
