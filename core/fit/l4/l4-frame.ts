const MAX_SWEEPS = 60;
const TOLERANCE = 1e-10;

/**
 * The orthonormal frame in which L4 is least, for a tensor in whitened coordinates. There Σ_ij T4(b_i,b_i,b_j,b_j) is the same for all
 * frames (a trace) and so are the lengths: what is left is to make Σ_i T4(b_i,b_i,b_i,b_i) largest. In the plane of two axes that sum is
 * constant + A cos 4θ + B sin 4θ, so each rotation has its best angle in closed form (as Jacobi's have; Comon 1994 for cumulants).
 *
 * @param tensor  k⁴ entries, symmetric; not written
 * @returns k × k, one axis a row
 */
export function leastFrame(tensor: Float64Array, k: number): Float64Array {
  const turned = tensor.slice();
  const frame = new Float64Array(k * k);
  for (let i = 0; i < k; i++) frame[i * k + i] = 1;
  const at = (a: number, b: number, c: number, e: number) => turned[((a * k + b) * k + c) * k + e];
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let largest = 0;
    for (let p = 0; p < k - 1; p++) {
      for (let q = p + 1; q < k; q++) {
        const sine = at(p, p, p, q) - at(p, q, q, q);
        const cosine = (at(p, p, p, p) + at(q, q, q, q)) / 4 - 1.5 * at(p, p, q, q);
        const angle = Math.atan2(sine, cosine) / 4;
        largest = Math.max(largest, Math.abs(angle));
        if (Math.abs(angle) > TOLERANCE) rotate(turned, frame, k, p, q, angle);
      }
    }
    if (largest <= TOLERANCE) break;
  }
  return frame;
}

/** Turns the axes p and q of the frame, and the tensor in each of its four places. */
function rotate(tensor: Float64Array, frame: Float64Array, k: number, p: number, q: number, angle: number): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turn = (entries: Float64Array, atP: number, atQ: number) => {
    const held = entries[atP];
    entries[atP] = cos * held + sin * entries[atQ];
    entries[atQ] = cos * entries[atQ] - sin * held;
  };
  for (let stride = 1; stride < k ** 4; stride *= k) {
    for (let at = 0; at < k ** 4; at++) {
      if (Math.floor(at / stride) % k === p) turn(tensor, at, at + (q - p) * stride);
    }
  }
  for (let a = 0; a < k; a++) turn(frame, p * k + a, q * k + a);
}
