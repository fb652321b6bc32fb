import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type BenchCase, type BenchResult, figure, timed } from '../case';
import type { FitFileInput, FitFileOutput } from '../programs/fit-file';
import { writeMixtureTable } from '../write-table';

const FLIGHTS = 'node_modules/vega-datasets/data/flights-3m.parquet';

async function measure(label: string, input: FitFileInput, bench: Bench): Promise<BenchResult[]> {
  const output = (await bench.built.run('fit-file', input)) as FitFileOutput;
  const { rows, features, d, seconds, peakMegabytes, iterations, termination } = output;
  const name = `${label}, ${rows} rows, d=${d}`;
  bench.note(`${label}: ${input.target} on ${features.join(', ')}.`);
  return [
    figure(`${name}: open`, seconds.open, 's'),
    figure(`${name}: prepare`, seconds.prepare, 's'),
    figure(`${name}: fit and describe, k=${input.experts}, ${iterations} iterations, ${termination}`, seconds.fit, 's'),
    figure(`${name}: close`, seconds.close, 's'),
    figure(`${name}: whole`, seconds.open + seconds.prepare + seconds.fit + seconds.close, 's'),
    figure(`${name}: peak memory by the end of open`, peakMegabytes.open, 'MB'),
    figure(`${name}: peak memory by the end of prepare`, peakMegabytes.prepare, 'MB'),
    figure(`${name}: peak memory`, peakMegabytes.fit, 'MB'),
  ];
}

const joint = (restarts: number) => ({ experts: 4, restarts, maxIterations: 1000 }) as const;

/** The real table of 3,000,000 flights that vega-datasets brings: the delay on the distance, and on the time of departure, too. */
export const flights: BenchCase = {
  name: 'flights',
  heavy: true,
  async run(bench) {
    if (!existsSync(FLIGHTS)) {
      bench.skip('flights: vega-datasets has no flights-3m.parquet here.');
      return [];
    }
    const fit = bench.quick ? { experts: 2, restarts: 1, maxIterations: 2 } : joint(1);
    const of = { path: FLIGHTS, target: 'delay', ...fit };
    const numbers = await measure('flights, numbers', { ...of, features: null }, bench);
    const dated = { ...of, features: ['distance', 'date'], prepare: { date: { date: 'parts' } } } as const;
    return [...numbers, ...(await measure('flights, numbers and parts of the date', dated, bench))];
  },
};

/** A generated table of 1,000,000 rows and 20 features with four experts in it, from the CSV to a converged fit. */
export const million: BenchCase = {
  name: 'million',
  heavy: true,
  async run(bench) {
    const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
    try {
      const path = join(folder, 'million.csv');
      const { seconds } = await timed(() => writeMixtureTable(path, bench.quick ? 5_000 : 1_000_000, 20, 4));
      bench.note(`million: ${Math.round(statSync(path).size / 1e6)} MB of CSV, written in ${seconds.toFixed(0)} s.`);
      return await measure('million', { path, target: 'y', features: null, ...joint(1) }, bench);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
