import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, type CProgram, flags, hasCompiler } from '../c-programs';
import { type Bench, type BenchCase, type BenchResult } from '../case';
import { contest, match, type Score, scoreOf, TURN_MS } from '../contest';
import { type EmBuild, emContestant } from '../em-contestant';
import { emStart, writeStart } from '../em-start';
import { nodeVersion } from '../node-versions';

/** Log-likelihoods of programs that compute the same agree to this, relatively, after every iteration. */
const SAME = 1e-9;

const C: Record<CProgram, string> = { rows: 'C row by row', vectors: 'C 128-bit vectors' };

/** The most that our time may be of a C program's: of the plain one on older engines, of the vectors from Electron's on. */
const ASKED = 1.15;
const yardstick = (version: string): CProgram => (Number(version.split('.')[0]) >= 24 ? 'vectors' : 'rows');

interface Shape {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Iterations a fit. */
  readonly iterations: number;
  /** The size of which something is asked, with rows enough for two threads. */
  readonly isLarge: boolean;
}

async function measure(
  { n, d, k, iterations, isLarge }: Shape,
  programs: readonly CProgram[],
  bench: Bench,
  folder: string,
): Promise<BenchResult[]> {
  const data = join(folder, 'start.bin');
  writeStart(data, emStart(n, d, k));
  const ours = (name: string, node: string, build: EmBuild, threads: number) =>
    emContestant(bench, { name, data, node, build, threads, iterations });
  const nodes = [process.execPath, ...(bench.node === null ? [] : [bench.node])].map((node) => {
    const version = nodeVersion(node);
    return {
      node,
      version,
      wasm: `WebAssembly, Node ${version}`,
      both: `WebAssembly, 2 threads, Node ${version}`,
      plain: `TypeScript, Node ${version}`,
    };
  });
  const isShared = isLarge && availableParallelism() > 1;
  const contestants = [
    ...nodes.flatMap(({ node, wasm, both, plain }) => [
      ours(wasm, node, 'wasm-simd', 1),
      ...(isShared ? [ours(both, node, 'wasm-simd', 2)] : []),
      ours(plain, node, 'typescript', 1),
    ]),
    ...programs.map((program) => ({
      name: C[program],
      command: compile(program, folder),
      words: [data, `${iterations}`],
    })),
  ];
  const rounds = bench.quick ? { warming: 1, counted: 2, turn: 0 } : { warming: 2, counted: 9, turn: TURN_MS };
  const scores = await contest(contestants, rounds);
  agree(scores);
  const of = (name: string) => scoreOf(name, scores);
  return nodes.flatMap(({ version, wasm, both, plain }) => {
    const name = (threads: string) => `em-iteration n=${n} d=${d} k=${k}, ${threads}, Node ${version}`;
    const alone = (peer: string) => match(name('1 thread'), of(wasm), peer, of(peer));
    const asked = isLarge && !bench.quick ? { asked: ASKED } : {};
    return [
      ...programs.map((program) => ({ ...alone(C[program]), ...(program === yardstick(version) ? asked : {}) })),
      alone(plain),
      ...(isShared ? [match(name('2 threads'), of(both), 'ours, 1 thread', of(wasm))] : []),
    ];
  });
}

/** A program that computes something else is no peer. */
function agree(scores: ReadonlyMap<string, Score>): void {
  const [[first, reference], ...others] = [...scores];
  for (const [name, { logLikelihood }] of others) {
    for (const [i, expected] of reference.logLikelihood.entries()) {
      const found = logLikelihood[i];
      if (!(Math.abs(found - expected) <= SAME * Math.abs(expected)))
        throw new Error(`After ${i} iterations ${name} has log-likelihood ${found}, and ${first} ${expected}.`);
    }
  }
}

/** One iteration of joint EM (E-step, weighted least squares, a Newton step of the gate and the pass that prices it). */
export const emIteration: BenchCase = {
  name: 'em-iteration',
  async *run(bench) {
    const programs: CProgram[] = hasCompiler() ? ['rows', 'vectors'] : [];
    for (const program of programs) bench.note(`${C[program]}: gcc ${flags[program].join(' ')}.`);
    if (programs.length === 0) bench.skip('em-iteration against C: there is no gcc.');
    const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
    const n = bench.quick ? 5_000 : 100_000;
    try {
      yield await measure({ n: 1_000, d: 8, k: 3, iterations: 12, isLarge: false }, programs, bench, folder);
      yield await measure({ n, d: 20, k: 4, iterations: 6, isLarge: true }, programs, bench, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
