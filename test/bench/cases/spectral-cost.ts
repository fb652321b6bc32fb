import type { BenchCase, BenchResult } from '../case';

/** Time of one thread and memory of the moments alone, at 50,000 rows, 100 features and 4 experts, and with each of them doubled. */
export const spectralCost: BenchCase = {
  name: 'spectral-cost',
  heavy: true,
  async *run({ quick, built }) {
    yield (await built.run('spectral-cost', { quick })) as BenchResult[];
  },
};
