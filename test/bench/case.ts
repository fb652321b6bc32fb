/** Seconds or milliseconds over repeated runs. */
export interface Timing {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: 'ms' | 's';
}

/** One line of `npm run bench --json`; `ratio` is ours over the peer's, both measured in this run. */
export interface BenchResult {
  readonly name: string;
  readonly ours: Timing;
  readonly peer: (Omit<Timing, 'unit'> & { readonly name: string }) | null;
  readonly ratio: number | null;
}

export interface BenchCase {
  readonly name: string;
  run(): Promise<BenchResult[]>;
}

export function timing(values: readonly number[], unit: Timing['unit']): Timing {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], min: sorted[0], max: sorted[sorted.length - 1], unit };
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
