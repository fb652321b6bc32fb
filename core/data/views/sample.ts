import type { Random } from '../../random';
import { inBlocks, type Steps } from '../../turns';

/**
 * `size` of the numbers 0..n-1 in ascending order, every set of them as likely as any other (Knuth, Algorithm S); all of them when
 * there are no more.
 */
export function* sample(n: number, size: number, stream: Random): Steps<Uint32Array> {
  if (n <= size) return Uint32Array.from({ length: n }, (_, i) => i);
  const chosen = new Uint32Array(size);
  let taken = 0;
  yield* inBlocks(n, 8, (begin, end) => {
    for (let i = begin; i < end && taken < size; i++) {
      if (stream.uniform() * (n - i) < size - taken) chosen[taken++] = i;
    }
  });
  return chosen;
}
