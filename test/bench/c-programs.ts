import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The flags each program is compiled with: the same, and vectors of 128 bits for the one that is written in them. */
export const flags = {
  rows: ['-O3', '-march=native'],
  vectors: ['-O3', '-march=native', '-mprefer-vector-width=128'],
} as const;

export type CProgram = keyof typeof flags;

/** Whether there is a gcc to call. */
export const hasCompiler = (): boolean => spawnSync('gcc', ['--version']).status === 0;

/** Compiles one of the programs into a folder; returns its path. */
export function compile(name: CProgram, folder: string): string {
  const sources = ['em', name].map((file) => join('test/bench/c', `${file}.c`));
  const out = join(folder, name);
  execFileSync('gcc', [...flags[name], ...sources, '-lm', '-o', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  return out;
}
