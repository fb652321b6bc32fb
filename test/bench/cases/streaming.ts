import { type BenchCase, figure } from '../case';
import type { StreamInput, StreamOutput } from '../programs/stream';

/** Joint EM over rows that stay in a file: time of an iteration and the memory it needs, whatever the number of rows. */
export const streaming: BenchCase = {
  name: 'streaming',
  heavy: true,
  async run(bench) {
    const input: StreamInput = { n: bench.quick ? 50_000 : 10_000_000, d: 20, k: 4, iterations: 4 };
    const { megabytes, writeSeconds, seconds, peakMegabytes } = (await bench.built.run(
      'stream',
      input,
    )) as StreamOutput;
    bench.note(
      `streaming: ${megabytes.toFixed(0)} MB of rows, written in ${writeSeconds.toFixed(0)} s; the system may keep the file in memory of its own.`,
    );
    const name = `streaming n=${input.n} d=${input.d} k=${input.k}, 1 thread`;
    return [
      { ...figure(`${name}: iteration (two passes over the file)`, seconds.slice(1), 's'), steady: true },
      figure(`${name}: peak memory of the process`, peakMegabytes, 'MB'),
    ];
  },
};
