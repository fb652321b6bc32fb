/** Nodes and weights of a quadrature rule. */
interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Gauss-Legendre rule with m nodes on [-1, 1]: roots of P_m by Newton's method from Chebyshev's guesses. */
export function gaussLegendre(m: number): Rule {
  const nodes = new Float64Array(m);
  const weights = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (m + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let previous = 1;
      let value = x;
      for (let q = 2; q <= m; q++) {
        const next = ((2 * q - 1) * x * value - (q - 1) * previous) / q;
        previous = value;
        value = next;
      }
      slope = (m * (x * value - previous)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

const half = gaussLegendre(120);
/** The normal weight beyond 12 standard deviations is below 1e-31. */
const REACH = 12;

/**
 * E[f(Z)], Z ~ N(0, 1), for f of polynomial growth that is smooth except at 0.
 *
 * Gauss-Hermite converges slowly at a kink (for ReLU, 200 nodes leave an error of 8e-4 in E[g He_2]); splitting at 0 and using
 * Gauss-Legendre on each side reaches machine precision for every activation.
 */
export function gaussianExpectation(f: (z: number) => number): number {
  let sum = 0;
  for (let i = 0; i < half.nodes.length; i++) {
    const z = (REACH / 2) * (half.nodes[i] + 1);
    sum += half.weights[i] * Math.exp(-0.5 * z * z) * (f(z) + f(-z));
  }
  return ((REACH / 2) * sum) / Math.sqrt(2 * Math.PI);
}
