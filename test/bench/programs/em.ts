/** em.js <data> <iterations> <wasm-simd|typescript> <threads>: ours as a contestant (see ../contest.ts). */
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { em } from '../../../core/fit/em/em';
import { leastSquares } from '../../../core/fit/em/expert-step';
import { teamOn } from '../../../core/kernels/shared-pass';
import { threadLines } from '../../../core/kernels/thread-lines';
import type { MemoryRows, Problem, Rows } from '../../../core/model/problem';
import { boardMemory, boardOn } from '../../../core/threads/board';
import type { ToWorker } from '../../../core/threads/pool';
import type { Answer } from '../contest';
import { readStart } from '../em-start';

const [path, count, build, threads] = process.argv.slice(2);
const iterations = Number(count);
// What an engine without vectors says of the compiled arithmetic: it then goes on in TypeScript.
if (build === 'typescript') Object.defineProperty(WebAssembly, 'validate', { value: () => false });
if (threadLines().build !== build) throw new Error(`This Node runs ${threadLines().build}, not ${build}.`);
const { problem: own, start } = readStart(path);
const { problem, dismiss } = withHelpers(own, Number(threads) - 1);
const options = { stage: 'em', expertStep: leastSquares, maxIterations: iterations + 1, tolerance: 1e-300 };

createInterface({ input: process.stdin })
  .on('line', () => console.log(JSON.stringify(fit())))
  .once('close', () => void dismiss());

function fit(): Answer {
  const ms: number[] = [];
  const logLikelihood: number[] = [];
  let begun = performance.now();
  for (const event of em(problem, start, options)) {
    const ended = performance.now();
    if (event.type !== 'iteration') continue;
    logLikelihood.push(event.logLikelihood * problem.train.n);
    if (logLikelihood.length > 1) ms.push(ended - begun);
    if (ms.length === iterations) break;
    begun = performance.now();
  }
  return { ms, logLikelihood };
}

/** The problem with its rows shared with threads that help, as the pool lets threads without work do. */
function withHelpers(
  alone: Problem & { readonly train: MemoryRows },
  helpers: number,
): { problem: Problem; dismiss: () => Promise<unknown> } {
  if (helpers === 0) return { problem: alone, dismiss: () => Promise.resolve() };
  const shared = (values: Float64Array) => {
    const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
    copy.set(values);
    return copy;
  };
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const asked = new Int32Array(new SharedArrayBuffer(4));
  const rows = { ...alone.train, x: shared(alone.train.x), y: shared(alone.train.y) };
  const board = boardMemory();
  const message: ToWorker = { kind: 'help', id: 0, board, shared: { d: alone.d, parts: [rows], cancel }, asked };
  const workers = Array.from({ length: helpers }, () => {
    const worker = new Worker(new URL('./worker.js', import.meta.url));
    worker.postMessage(message);
    return worker;
  });
  const parts: Rows[] = [];
  const train = { ...rows, team: teamOn(boardOn(board), { d: alone.d, parts, cancel }) };
  parts.push(train);
  const dismiss = () => {
    Atomics.store(asked, 0, 1);
    return Promise.all(workers.map((worker) => worker.terminate()));
  };
  return { problem: { ...alone, train, cancel }, dismiss };
}
