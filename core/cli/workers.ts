import { availableParallelism } from 'node:os';
import { createPool, type Pool } from '../threads/pool';
import { inlinePool } from '../work';
import { builtProgram } from './built-program';

/** Threads where the program is built; this thread where it runs from source. The digits are the same. */
export function workers(): Pool {
  const worker = builtProgram('worker.js');
  return worker === null
    ? inlinePool(() => Date.now() / 1000)
    : createPool(worker, Math.max(1, availableParallelism()));
}
