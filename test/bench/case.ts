import type { Built } from './built';

/** What a measurement is in. */
export type Unit = 'ms' | 's' | 'MB' | 'nats' | '%' | '';

/** A figure over repeated runs. */
export interface Timing {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: Unit;
}

/** One line of the table; `ratio` is ours over the peer's, both measured in this run. */
export interface BenchResult {
  readonly name: string;
  readonly ours: Timing;
  readonly peer: (Omit<Timing, 'unit'> & { readonly name: string }) | null;
  readonly ratio: number | null;
  /** The most that is asked of the ratio or, where there is none, of the median. */
  readonly asked?: number;
  /** Whether repeated runs should lie together: where they do not, the line does not count. */
  readonly steady?: boolean;
  /** The largest share of its time that a side waited for a processor; absent where the system does not tell. */
  readonly waited?: number;
  /** Why the line does not count; absent where it does. */
  readonly doubt?: string;
}

/** What the command line asks of every case. */
export interface Bench {
  /** Small sizes, to see that a case works: nothing is kept of such a run. */
  readonly quick: boolean;
  /** Folder with concrete.csv and airfoil.csv, or null. */
  readonly data: string | null;
  /** Folder with split_concrete.json and split_airfoil.json, or null. */
  readonly reference: string | null;
  /** Another Node to run the same on, or null. */
  readonly node: string | null;
  readonly built: Built;
  /** Says aloud what is left out, and why. */
  readonly skip: (sentence: string) => void;
  /** Says what the figures of this case rest on, under its table. */
  readonly note: (sentence: string) => void;
}

export interface BenchCase {
  readonly name: string;
  /** Runs only when it is named, or with --all. */
  readonly heavy?: boolean;
  /** Yields figures that were taken together: each such group is judged by what else the machine did meanwhile. */
  run(bench: Bench): AsyncGenerator<readonly BenchResult[]>;
}

export function timing(values: readonly number[], unit: Unit): Timing {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], min: sorted[0], max: sorted[sorted.length - 1], unit };
}

/** A figure that stands alone. */
export const figure = (name: string, values: number | readonly number[], unit: Unit): BenchResult => ({
  name,
  ours: timing(typeof values === 'number' ? [values] : values, unit),
  peer: null,
  ratio: null,
});

/** Ours beside a peer's; the ratio is that of the medians. */
export function beside(
  name: string,
  unit: Unit,
  ours: readonly number[],
  peer: string,
  theirs: readonly number[],
): BenchResult {
  const own = timing(ours, unit);
  const { median, min, max } = timing(theirs, unit);
  return { name, ours: own, peer: { name: peer, median, min, max }, ratio: own.median / median };
}

/** Runs something a number of times; the first run warms up and does not count. */
export async function repeat(times: number, what: () => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i <= times; i++) {
    const begun = performance.now();
    await what();
    if (i > 0) taken.push(performance.now() - begun);
  }
  return taken;
}

/** What something gives, and the seconds it took. */
export async function timed<T>(what: () => T | Promise<T>): Promise<{ value: T; seconds: number }> {
  const begun = performance.now();
  const value = await what();
  return { value, seconds: (performance.now() - begun) / 1000 };
}

/**
 * The exponent b of cost = a size^b through the measurements, by least squares on the logarithms.
 */
export function growth(sizes: readonly number[], costs: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = costs.map(Math.log);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let cross = 0;
  let square = 0;
  for (let i = 0; i < x.length; i++) {
    cross += (x[i] - mx) * (y[i] - my);
    square += (x[i] - mx) ** 2;
  }
  return cross / square;
}
