import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BenchCase, beside } from '../case';
import { contest, scoreOf, TURN_MS } from '../contest';
import { emContestant } from '../em-contestant';
import { emStart, writeStart } from '../em-start';
import { hasFlexmix } from './flexmix';

/** The most that our time may be of flexmix's. */
const ASKED = 0.01;

/** An iteration of joint EM in one thread against one of flexmix on the same rows, ours before and after it. */
export const flexmixIteration: BenchCase = {
  name: 'flexmix-iteration',
  heavy: true,
  async *run(bench) {
    if (!hasFlexmix()) {
      bench.skip('flexmix-iteration: there is no Rscript with the package flexmix.');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
    try {
      const data = join(folder, 'start.bin');
      const [n, d, k] = bench.quick ? [5_000, 10, 3] : [100_000, 20, 4];
      writeStart(data, emStart(n, d, k));
      const name = 'ours';
      const contestant = emContestant(bench, {
        name,
        data,
        node: process.execPath,
        build: 'wasm-simd',
        threads: 1,
        iterations: 6,
      });
      const rounds = { warming: 1, counted: bench.quick ? 1 : 4, turn: bench.quick ? 0 : TURN_MS };
      const ours = async () => scoreOf(name, await contest([contestant], rounds)).ms;
      const before = await ours();
      const { stdout } = await promisify(execFile)('Rscript', [
        'test/bench/r/iteration.R',
        data,
        bench.quick ? '2' : '4',
      ]);
      const { seconds } = JSON.parse(stdout) as { seconds: number };
      const all = [...before, ...(await ours())];
      const shape = `flexmix-iteration n=${n} d=${d} k=${k}, 1 thread`;
      const asked = bench.quick ? {} : { asked: ASKED };
      yield [{ ...beside(shape, 'ms', all, 'flexmix', [1000 * seconds]), steady: true, ...asked }];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
