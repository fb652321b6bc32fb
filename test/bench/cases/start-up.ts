import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { repeat, timing, type BenchCase } from '../case';

const CLI = 'out/main/cli.js';
const SAMPLE = 'resources/samples/auto-mpg.csv';

/** `moe-lab fit` on a small file, the whole process. */
export const startUp: BenchCase = {
  name: 'start-up',
  async run() {
    if (!existsSync(CLI)) throw new Error('The command line is not built; run npm run build first.');
    const words = [
      CLI,
      'fit',
      SAMPLE,
      '--target',
      'Fuel economy (mpg)',
      '--experts',
      '2',
      '--method',
      'joint-em',
      '--json',
    ];
    const taken = await repeat(5, () => execFileSync(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] }));
    return [{ name: 'start-up: moe-lab fit auto-mpg.csv', ours: timing(taken, 'ms'), peer: null, ratio: null }];
  },
};
