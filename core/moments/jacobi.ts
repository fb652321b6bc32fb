import { decompositionAlong, type TensorDecomposition } from './tensor';

const MAX_SWEEPS = 60;
const TOLERANCE = 1e-10;

/**
 * Orthogonal decomposition of a symmetric k × k × k tensor by Jacobi rotations that diagonalise its k slices T[:, :, c] jointly
 * (Cardoso & Souloumiac 1996, real angles): each rotation minimises the sum of squares off the diagonals in closed form.
 *
 * @param tensor  k³ entries, index (a k + b) k + c; not written
 */
export function decomposeByJacobi(tensor: Float64Array, k: number): TensorDecomposition {
  const slices = tensor.slice();
  const negligible = 1e-24 * tensor.reduce((sum, entry) => sum + entry * entry, 0);
  const basis = new Float64Array(k * k);
  for (let i = 0; i < k; i++) basis[i * k + i] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let largest = 0;
    for (let p = 0; p < k - 1; p++) {
      for (let q = p + 1; q < k; q++) {
        const angle = jointAngle(slices, k, p, q, negligible);
        largest = Math.max(largest, Math.abs(angle));
        if (Math.abs(angle) > TOLERANCE) rotate(slices, basis, k, p, q, angle);
      }
    }
    if (largest <= TOLERANCE) break;
  }
  const vectors = Array.from({ length: k }, (_, i) => Float64Array.from({ length: k }, (_, a) => basis[a * k + i]));
  return decompositionAlong(tensor, k, vectors);
}

/** The angle in (−π/4, π/4] that makes entry (p, q) of all slices smallest in sum of squares. */
function jointAngle(slices: Float64Array, k: number, p: number, q: number, negligible: number): number {
  let on = 0;
  let off = 0;
  for (let c = 0; c < k; c++) {
    const difference = slices[(p * k + p) * k + c] - slices[(q * k + q) * k + c];
    const twice = slices[(p * k + q) * k + c] + slices[(q * k + p) * k + c];
    on += difference * difference - twice * twice;
    off += 2 * difference * twice;
  }
  // Where nothing is left to tell the axes apart every angle is as good: stay. A quarter of atan2, not Cardoso's equal half of
  // atan2(off, on + |on, off|), which stands still on the saddle off = 0 > on.
  return Math.hypot(on, off) <= negligible ? 0 : 0.25 * Math.atan2(off, on);
}

/** Rotates the axes p and q of every slice, and the basis with them. */
function rotate(slices: Float64Array, basis: Float64Array, k: number, p: number, q: number, angle: number): void {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const turn = (entries: Float64Array, atP: number, atQ: number) => {
    const held = entries[atP];
    entries[atP] = cos * held + sin * entries[atQ];
    entries[atQ] = cos * entries[atQ] - sin * held;
  };
  for (let a = 0; a < k; a++) {
    for (let c = 0; c < k; c++) turn(slices, (p * k + a) * k + c, (q * k + a) * k + c);
  }
  for (let a = 0; a < k; a++) {
    for (let c = 0; c < k; c++) turn(slices, (a * k + p) * k + c, (a * k + q) * k + c);
    turn(basis, a * k + p, a * k + q);
  }
}
