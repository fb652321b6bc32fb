import simdModule from 'virtual:simd-lines';
import type { Lines } from './lines';
import { plainLines } from './plain-lines';
import { simdLines } from './simd-lines';

/** Made when first asked for: what starts the application need not pay for it. */
const thread: { lines?: Lines } = {};

/**
 * The arithmetic of this thread: WebAssembly where the engine has 128-bit vectors, else TypeScript. One a thread, because it comes with
 * memory of its own; a pass neither waits nor calls another, and writes there before it reads, so that nobody can tell who used it
 * before.
 */
export const threadLines = (): Lines => (thread.lines ??= load());

function load(): Lines {
  const bytes = Buffer.from(simdModule, 'base64');
  // An engine without vectors refuses the module as a whole.
  const isAble = typeof WebAssembly === 'object' && WebAssembly.validate(bytes);
  return isAble ? simdLines(new WebAssembly.Module(bytes)) : plainLines;
}
