import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { drawRows } from '../../core/experiments/lib/problems';
import { emptyParameters, type Parameters } from '../../core/model/spec';
import { random, type Random } from '../../core/random';

/** Rows a piece of text. */
const BATCH = 1000;

export const LARGE_COLUMNS = 21;

/** Writes x1, x2, ... y and the rows that `draw` makes of each batch, as text of whole lines. */
async function write(path: string, columns: number, rows: number, draw: (rows: number) => string): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${[...Array.from({ length: columns - 1 }, (_, j) => `x${j + 1}`), 'y'].join()}\n`);
  for (let from = 0; from < rows; from += BATCH)
    if (!file.write(draw(Math.min(BATCH, rows - from)))) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

/** Numbers that say nothing of each other; 500,000 rows are about 100 MB. */
export function writeLargeTable(path: string, rows: number): Promise<void> {
  const stream = random(1);
  const line = () => Array.from({ length: LARGE_COLUMNS }, () => (10 * stream.normal()).toFixed(7)).join();
  return write(path, LARGE_COLUMNS, rows, (count) => `${Array.from({ length: count }, line).join('\n')}\n`);
}

/** k experts with random slopes, a random gate and noise of 0.5. */
export function mixtureTruth(d: number, k: number, stream: Random): Parameters {
  const truth = emptyParameters(k, d);
  for (let at = 0; at < k * d; at++) {
    truth.expertWeights[at] = stream.normal();
    truth.gateWeights[at] = at < (k - 1) * d ? stream.normal() / Math.sqrt(d) : 0;
  }
  truth.sigmas.fill(0.5);
  return truth;
}

/** d features and y, drawn from k experts. */
export function writeMixtureTable(path: string, rows: number, d: number, k: number): Promise<void> {
  const stream = random(1);
  const truth = mixtureTruth(d, k, stream);
  return write(path, d + 1, rows, (count) => {
    const { x, y } = drawRows(truth, count, stream);
    const line = (_: unknown, row: number) =>
      [...x.subarray(row * d, (row + 1) * d), y[row]].map((value) => value.toFixed(6)).join();
    return `${Array.from({ length: count }, line).join('\n')}\n`;
  });
}
