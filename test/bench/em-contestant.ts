import type { Bench } from './case';
import type { Contestant } from './contest';

/** The arithmetic of the kernels: compiled with vectors, or their TypeScript reference. */
export type EmBuild = 'wasm-simd' | 'typescript';

interface EmContestant {
  readonly name: string;
  /** Path of what `writeStart` wrote. */
  readonly data: string;
  /** The Node that runs it. */
  readonly node: string;
  readonly build: EmBuild;
  readonly threads: number;
  /** A fit. */
  readonly iterations: number;
}

/** Joint EM as a contestant: programs/em.ts. */
export const emContestant = (
  bench: Bench,
  { name, data, node, build, threads, iterations }: EmContestant,
): Contestant => ({
  name,
  command: node,
  words: [bench.built.path('em'), data, `${iterations}`, build, `${threads}`],
});
