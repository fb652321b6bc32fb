import { type BenchCase, figure } from '../case';
import { fileParts } from '../file-parts';
import { withMixtureTable } from '../with-mixture-table';

/** The limit, in MB. */
const ALLOWED = 2000;

/** Ten times the rows of `million` under a limit of memory: the encoded rows stay in files, and every pass reads them. */
export const streaming: BenchCase = {
  name: 'streaming',
  heavy: true,
  async *run(bench) {
    // Small enough for a quick run's rows to go to files, too.
    const memory = bench.quick ? 20e6 : ALLOWED * 1e6;
    const fit = { target: 'y', features: null, experts: 4, restarts: 1, maxIterations: 5, memory };
    yield await withMixtureTable('streaming', bench.quick ? 50_000 : 10_000_000, bench, async (path) => {
      const { results, output, name } = await fileParts('streaming', { path, ...fit }, bench);
      const passes = output.steps.map((step) => step / 2);
      const [peak] = results.slice(-1);
      return [
        ...results.slice(0, -1),
        figure(`${name}: a pass, half an iteration`, passes, 's'),
        bench.quick ? peak : { ...peak, asked: ALLOWED },
      ];
    });
  },
};
