import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { random } from '../../core/random';
import { hostileFile } from './hostile-file';
import { LONGEST, openHostile, type Outcome } from './open-hostile';

/**
 * npm run fuzz -- import --seeds 2000 [--from 1]: hostile files, each of which must become a table or a sentence in time. Ends with 1
 * when one does not.
 */
const argument = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
};
if (process.argv[2] !== 'import') {
  console.error('Say what to fuzz: npm run fuzz -- import --seeds 500');
  process.exit(2);
}
const seeds = argument('seeds', 500);
const from = argument('from', 1);
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-fuzz-'));
const outcomes: Record<Outcome['is'], number> = { table: 0, sentence: 0, crash: 0, hang: 0 };
const slowest = { seconds: 0, told: '' };
const longest = { pause: 0, told: '' };
try {
  for (let seed = from; seed < from + seeds; seed++) {
    const file = hostileFile(seed, random(seed));
    const path = join(folder, file.name);
    writeFileSync(path, file.bytes);
    const outcome = await openHostile(path, file.name, folder);
    outcomes[outcome.is]++;
    if (outcome.seconds > slowest.seconds)
      Object.assign(slowest, { seconds: outcome.seconds, told: `seed ${seed}, ${file.kind}` });
    if (outcome.pause > longest.pause)
      Object.assign(longest, { pause: outcome.pause, told: `seed ${seed}, ${file.kind}` });
    if (outcome.is === 'crash' || outcome.is === 'hang' || process.argv.includes('--tell'))
      console.log(`seed ${seed}, ${file.kind}: ${outcome.is} after ${outcome.seconds.toFixed(2)} s: ${outcome.told}`);
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${seeds} files, ${outcomes.table} tables, ${outcomes.sentence} sentences, ${outcomes.crash} crashes, ${outcomes.hang} hangs over ${LONGEST} s; the longest pause was ${longest.pause.toFixed(2)} s (${longest.told}), the longest work ${slowest.seconds.toFixed(2)} s (${slowest.told})`,
);
process.exitCode = outcomes.crash + outcomes.hang > 0 ? 1 : 0;
