/** stream.js <json>: iterations of joint EM over rows that stay in a file, in one thread. */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawRows, problemOf } from '../../../core/experiments/lib/problems';
import { em } from '../../../core/fit/em/em';
import { leastSquares } from '../../../core/fit/em/expert-step';
import type { RowFile } from '../../../core/model/row-file';
import { copyParameters } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { peakMegabytes } from '../resident';
import { mixtureTruth } from '../write-table';

export interface StreamInput {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly iterations: number;
}

export interface StreamOutput {
  readonly megabytes: number;
  readonly writeSeconds: number;
  /** Of each iteration: two passes over the file. */
  readonly seconds: readonly number[];
  readonly peakMegabytes: number;
}

const BATCH = 10_000;

const { n, d, k, iterations } = JSON.parse(process.argv[2]) as StreamInput;
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
try {
  const path = join(folder, 'rows');
  const stream = random(1);
  const truth = mixtureTruth(d, k, stream);
  const writing = performance.now();
  const file = openSync(path, 'w');
  for (let from = 0; from < n; from += BATCH) {
    const { x, y } = drawRows(truth, Math.min(BATCH, n - from), stream);
    writeSync(file, x, 0, x.byteLength, 8 * from * d);
    writeSync(file, y, 0, y.byteLength, 8 * (n * d + from));
  }
  closeSync(file);
  const writeSeconds = (performance.now() - writing) / 1000;
  const rows: RowFile = { path, room: n, order: 'rows', weighted: false, frames: [] };
  const problem = { ...problemOf(drawRows(truth, BATCH, random(2)), d, k), train: { n, file: rows, facts: null } };
  const start = copyParameters(truth);
  for (let j = 0; j < k * d; j++) start.expertWeights[j] = 0.5 * start.expertWeights[j] + 0.2 * stream.normal();
  start.gateWeights.fill(0);
  const options = { stage: 'em', expertStep: leastSquares, maxIterations: iterations + 1, tolerance: 1e-300 };
  const marks: number[] = [];
  for (const event of em(problem, start, options)) {
    if (event.type === 'iteration') marks.push(performance.now());
    if (marks.length > iterations) break;
  }
  const output: StreamOutput = {
    megabytes: statSync(path).size / 1e6,
    writeSeconds,
    seconds: marks.slice(1).map((mark, i) => (mark - marks[i]) / 1000),
    peakMegabytes: peakMegabytes(),
  };
  console.log(JSON.stringify(output));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
