import type { DesignRecipe } from '../../core/data/types';
import { type Bench, type BenchResult, figure } from './case';

export interface FitFileInput {
  readonly path: string;
  readonly target: string;
  /** Null: all other columns of numbers. */
  readonly features: readonly string[] | null;
  readonly types?: DesignRecipe['types'];
  readonly prepare?: DesignRecipe['prepare'];
  readonly experts: number;
  readonly restarts: number;
  readonly maxIterations: number;
  /** Bytes that the fit may use, beyond which its rows go to files; null: all in memory. */
  readonly memory: number | null;
}

export const fitFileParts = ['open', 'prepare', 'fit', 'describe', 'close'] as const;
export type FitFilePart = (typeof fitFileParts)[number];

export interface FitFileOutput {
  readonly rows: number;
  readonly features: readonly string[];
  /** Numbers a row, once the features are encoded. */
  readonly d: number;
  /** Fit: until the last start has ended; describe: what is said of it and of the baselines beside it. */
  readonly seconds: Readonly<Record<FitFilePart, number>>;
  /** Of the whole process, by the end of each part. */
  readonly peakMegabytes: Readonly<Record<FitFilePart, number>>;
  /** Seconds of each iteration, as the fit's own clock tells. */
  readonly steps: readonly number[];
  readonly iterations: number;
  readonly termination: string;
}

/** A joint EM from a file to a described model, in a process of its own: the time of each part, and the memory by then. */
export async function fileParts(
  label: string,
  input: FitFileInput,
  bench: Bench,
): Promise<{ results: BenchResult[]; output: FitFileOutput; name: string }> {
  const output = (await bench.built.run('fit-file', input)) as FitFileOutput;
  const { rows, features, d, seconds, peakMegabytes, steps, iterations, termination } = output;
  bench.note(`${label}: ${input.target} on ${features.join(', ')}.`);
  const name = `${label}, ${rows} rows, d=${d}`;
  const said: Partial<Record<FitFilePart, string>> = {
    fit: `fit, k=${input.experts}, ${iterations} iterations, ${termination}`,
    describe: 'evaluate and describe',
  };
  const results = [
    ...fitFileParts.map((part) => figure(`${name}: ${said[part] ?? part}`, seconds[part], 's')),
    figure(
      `${name}: whole`,
      fitFileParts.reduce((sum, part) => sum + seconds[part], 0),
      's',
    ),
    figure(`${name}: an iteration (two passes)`, steps, 's'),
    ...(['open', 'prepare', 'fit'] as const).map((part) =>
      figure(`${name}: peak memory by the end of ${part}`, peakMegabytes[part], 'MB'),
    ),
    figure(`${name}: peak memory`, Math.max(...fitFileParts.map((part) => peakMegabytes[part])), 'MB'),
  ];
  return { results, output, name };
}
