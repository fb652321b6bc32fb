import { expect, test } from 'vitest';
import { random } from '../../../core/random';
import { checkTable } from '../../corpora/check-table';
import { generateTable, randomStyle } from '../../corpora/generated-table';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();
const FILES = 60;

test(`of ${FILES} tables in random styles none is silently read as another, without a click; npm run corpus reads thousands`, async () => {
  const wrong: string[] = [];
  let exact = 0;
  for (let seed = 1; seed <= FILES; seed++) {
    const stream = random(seed);
    const style = randomStyle(stream);
    const truth = generateTable(style, stream);
    const table = await open(truth.bytes);
    const { verdict, difference } = await checkTable(table, truth, style);
    if (verdict === 'exact') exact++;
    if (verdict === 'silently wrong')
      wrong.push(`${seed}: ${difference}: ${JSON.stringify(style)} as ${JSON.stringify(table.info.dialect)}`);
    await table.close();
  }
  expect(wrong).toEqual([]);
  expect(exact).toBeGreaterThan(0.85 * FILES);
});
