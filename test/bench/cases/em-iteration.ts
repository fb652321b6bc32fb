import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, type CProgram, flags, hasCompiler } from '../c-programs';
import { type Bench, type BenchCase, type BenchResult, beside } from '../case';
import { type Answer, contest, type Contestant } from '../contest';
import { emStart, writeStart } from '../em-start';
import { nodeVersion } from '../node-versions';

/** Log-likelihoods of programs that compute the same agree to this, relatively, after every iteration. */
const SAME = 1e-9;

const C: Record<CProgram, string> = { rows: 'C row by row', vectors: 'C 128-bit vectors' };

interface Shape {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Fits in turn, those before they count first, and iterations a fit. */
  readonly warming: number;
  readonly rounds: number;
  readonly iterations: number;
  /** Whether there are rows enough for two threads. */
  readonly isShared: boolean;
}

async function measure(
  { n, d, k, warming, rounds, iterations, isShared }: Shape,
  programs: readonly CProgram[],
  bench: Bench,
  folder: string,
): Promise<BenchResult[]> {
  const data = join(folder, 'start.bin');
  writeStart(data, emStart(n, d, k));
  const ours = (name: string, node: string, build: string, threads: number): Contestant => ({
    name,
    command: node,
    words: [bench.built.path('em'), data, `${iterations}`, build, `${threads}`],
  });
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
  const answers = await contest(contestants, warming, rounds);
  agree(answers);
  const ms = (name: string) => (answers.get(name) ?? []).flatMap((answer) => answer.ms);
  return nodes.flatMap(({ version, wasm, both, plain }) => {
    const name = (threads: string) => `em-iteration n=${n} d=${d} k=${k}, ${threads}, Node ${version}`;
    const peers = [...programs.map((program) => C[program]), plain];
    return [
      ...peers.map((peer) => beside(name('1 thread'), 'ms', ms(wasm), peer, ms(peer))),
      ...(isShared ? [beside(name('2 threads'), 'ms', ms(both), 'ours, 1 thread', ms(wasm))] : []),
    ].map((result) => ({ ...result, steady: true }));
  });
}

/** A program that computes something else is no peer. */
function agree(answers: ReadonlyMap<string, readonly Answer[]>): void {
  const [[first, [reference]], ...others] = [...answers];
  for (const [name, [answer]] of others) {
    for (const [i, expected] of reference.logLikelihood.entries()) {
      const found = answer.logLikelihood[i];
      if (!(Math.abs(found - expected) <= SAME * Math.abs(expected)))
        throw new Error(`After ${i} iterations ${name} has log-likelihood ${found}, and ${first} ${expected}.`);
    }
  }
}

/** One iteration of joint EM (E-step, weighted least squares, a Newton step of the gate and the pass that prices it). */
export const emIteration: BenchCase = {
  name: 'em-iteration',
  async run(bench) {
    const programs: CProgram[] = hasCompiler() ? ['rows', 'vectors'] : [];
    for (const program of programs) bench.note(`${C[program]}: gcc ${flags[program].join(' ')}.`);
    if (programs.length === 0) bench.skip('em-iteration against C: there is no gcc.');
    const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
    // Few rows: more fits, as the first ones are of code that is not compiled to its best yet.
    const small = { n: 1_000, d: 8, k: 3, warming: 10, rounds: bench.quick ? 2 : 20, iterations: 12, isShared: false };
    const large = {
      n: bench.quick ? 5_000 : 100_000,
      d: 20,
      k: 4,
      warming: 2,
      rounds: bench.quick ? 2 : 7,
      iterations: 6,
      isShared: availableParallelism() > 1,
    };
    try {
      const results = await measure(small, programs, bench, folder);
      return [...results, ...(await measure(large, programs, bench, folder))];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
