import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { drawRows } from '../../core/experiments/lib/problems';
import { emptyParameters, type Parameters } from '../../core/model/spec';
import { random, type Random } from '../../core/random';

/** Rows a piece of text. */
const BATCH = 1000;

export const LARGE_COLUMNS = 21;

const names = (columns: number): string[] => [...Array.from({ length: columns }, (_, j) => `x${j + 1}`), 'y'];

/** Writes a CSV of numbers: a line of names, and the rows that `draw` makes one after the other. */
export async function writeNumbers(
  path: string,
  names: readonly string[],
  rows: number,
  digits: number,
  draw: () => Iterable<number>,
): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${names.join()}\n`);
  const line = () => Array.from(draw(), (value) => value.toFixed(digits)).join();
  for (let from = 0; from < rows; from += BATCH) {
    const lines = Array.from({ length: Math.min(BATCH, rows - from) }, line);
    if (!file.write(`${lines.join('\n')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

/** Numbers that say nothing of each other; 500,000 rows are about 100 MB. */
export function writeLargeTable(path: string, rows: number): Promise<void> {
  const stream = random(1);
  const draw = () => Array.from({ length: LARGE_COLUMNS }, () => 10 * stream.normal());
  return writeNumbers(path, names(LARGE_COLUMNS - 1), rows, 7, draw);
}

/** k experts with random slopes, a random gate and noise of 0.5. */
function mixtureTruth(d: number, k: number, stream: Random): Parameters {
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
  const draw = () => {
    const { x, y } = drawRows(truth, 1, stream);
    return [...x, y[0]];
  };
  return writeNumbers(path, names(d), rows, 6, draw);
}
