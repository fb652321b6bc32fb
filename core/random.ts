import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers. Always an argument, never ambient: same stream, same digits. */
export interface Random {
  /** Uniform on [0, 1), 53 random bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
}

/**
 * The stream `stream` of `seed`. Every restart and every split has its own stream number, so the order in which they are
 * scheduled never changes a result.
 */
export function random(seed: number, stream = 0): Random {
  // The generator is linear in its state: seeds that differ in the same bits would begin with draws that go together.
  const generator = xoroshiro128plus(avalanche(avalanche(seed) + Math.imul(stream, 0x9e3779b1)));
  for (let draw = 0; draw < WARM_UP; draw++) generator.next();
  const bits = () => generator.next() >>> 0;
  const uniform = () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  let spare = Number.NaN;
  return {
    uniform,
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = Number.NaN;
        return value;
      }
      // Box-Muller; 1 - u keeps the logarithm finite.
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    integer: (bound) => Math.floor(uniform() * bound),
  };
}

/** Draws until a state that began with many zeros is mixed. */
const WARM_UP = 16;

/** The finaliser of MurmurHash3 (Appleby, 2011): every bit of the input changes half of the output's. */
function avalanche(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** The numbers 0..n-1 in random order (Fisher-Yates). */
export function permutation(n: number, stream: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    const held = order[i];
    order[i] = order[j];
    order[j] = held;
  }
  return order;
}
