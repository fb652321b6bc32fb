import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BenchCase, beside } from '../case';
import { contest } from '../contest';
import { emStart, writeStart } from '../em-start';
import { hasFlexmix } from './flexmix';

/** An iteration of joint EM in one thread against one of flexmix on the same rows, ours before and after it. */
export const flexmixIteration: BenchCase = {
  name: 'flexmix-iteration',
  heavy: true,
  async run(bench) {
    if (!hasFlexmix()) {
      bench.skip('flexmix-iteration: there is no Rscript with the package flexmix.');
      return [];
    }
    const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
    try {
      const data = join(folder, 'start.bin');
      const [n, d, k] = bench.quick ? [5_000, 10, 3] : [100_000, 20, 4];
      writeStart(data, emStart(n, d, k));
      const words = [bench.built.path('em'), data, '6', 'wasm-simd', '1'];
      const name = 'ours';
      const ours = async () => {
        const answers = await contest([{ name, command: process.execPath, words }], 1, 2);
        return (answers.get(name) ?? []).flatMap(({ ms }) => ms);
      };
      const before = await ours();
      const { stdout } = await promisify(execFile)('Rscript', [
        'test/bench/r/iteration.R',
        data,
        bench.quick ? '2' : '4',
      ]);
      const { seconds } = JSON.parse(stdout) as { seconds: number };
      const all = [...before, ...(await ours())];
      const shape = `flexmix-iteration n=${n} d=${d} k=${k}, 1 thread`;
      return [{ ...beside(shape, 'ms', all, 'flexmix', [1000 * seconds]), steady: true }];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
