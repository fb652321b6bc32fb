import type { BenchCase, BenchResult } from '../case';

/** Time of one thread and memory of spectral-em at 50,000 rows, 100 features and 4 experts, and with each of them doubled. */
export const spectralCost: BenchCase = {
  name: 'spectral-cost',
  heavy: true,
  run: async ({ quick, built }) => (await built.run('spectral-cost', { quick })) as BenchResult[],
};
