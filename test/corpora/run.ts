import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openTable } from '../../core/data/table';
import { random } from '../../core/random';
import { checkTable, type Verdict } from './check-table';
import { generateTable, randomStyle } from './generated-table';

/**
 * npm run corpus -- --seeds 2000 [--from 1] [--keep <folder>]: tables in random styles, opened without a click and compared with what
 * was written. Ends with 1 when one is silently wrong.
 */
const argument = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
};
const seeds = argument('seeds', 500);
const from = argument('from', 1);
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-corpus-'));
const count: Record<Verdict | 'refused', number> = { exact: 0, warned: 0, 'silently wrong': 0, refused: 0 };
try {
  for (let seed = from; seed < from + seeds; seed++) {
    const stream = random(seed);
    const style = randomStyle(stream);
    const truth = generateTable(style, stream);
    const path = join(folder, `${seed}.csv`);
    writeFileSync(path, truth.bytes);
    const opened = await openTable(path, `${seed}.csv`, {}, { tempFolder: folder });
    if (opened.ok) {
      const { verdict, difference } = await checkTable(opened.value, truth, style);
      count[verdict]++;
      if (verdict !== 'exact' && (verdict === 'silently wrong' || process.argv.includes('--tell')))
        console.log(
          `seed ${seed}, ${verdict}: ${difference}\n  ${JSON.stringify(style)}\n  ${JSON.stringify(opened.value.info.dialect)}\n  ${opened.value.info.warnings.join('\n  ')}`,
        );
      await opened.value.close();
    } else {
      count.refused++;
      console.log(`seed ${seed}, refused: ${opened.error.message}\n  ${JSON.stringify(style)}`);
    }
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${seeds} files, ${count.exact} exact, ${count.warned} with a warning, ${count.refused} refused with a sentence, ${count['silently wrong']} silently wrong`,
);
process.exitCode = count['silently wrong'] > 0 ? 1 : 0;
