/** E[f(Z)], Z ~ N(0, 1), as Σ weights_q f(nodes_q): exact for polynomials of degree up to twice the nodes less one. */
export interface NormalRule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The Gauss-Hermite rule of m nodes for the normal distribution, nodes ascending: roots of the Hermite polynomial by Newton's method,
 * from the largest inwards with those found divided out (Numerical Recipes, 4.6).
 */
export function normalRule(m: number): NormalRule {
  const roots: number[] = [];
  for (let i = 0; i < Math.ceil(m / 2); i++) {
    let x = i === 0 ? Math.sqrt(4 * m + 2) : roots[i - 1] - 1 / Math.sqrt(m);
    for (let step = 0; step < 200; step++) {
      const { value, slope } = hermite(m, x);
      const found = roots.reduce((sum, root) => sum + 1 / (x - root), 0);
      const move = value / (slope - value * found);
      x -= move;
      if (Math.abs(move) < 1e-15 * Math.max(1, Math.abs(x))) break;
    }
    roots.push(m % 2 === 1 && i === (m - 1) / 2 ? 0 : x);
  }
  const weightOf = (x: number) => 1 / (m * hermite(m - 1, x).value ** 2);
  const upper = roots.map((x) => ({ x, weight: weightOf(x) }));
  const lower = upper.filter(({ x }) => x > 0).map(({ x, weight }) => ({ x: -x, weight }));
  const all = [...lower, ...upper.reverse()];
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  return { nodes: all.map(({ x }) => x), weights: all.map(({ weight }) => weight / total) };
}

/** He_m(x) / √m!, and its derivative: normalised, so that nothing overflows. */
function hermite(m: number, x: number): { value: number; slope: number } {
  let [previous, value] = [0, 1];
  for (let q = 1; q <= m; q++) [previous, value] = [value, (x * value - Math.sqrt(q - 1) * previous) / Math.sqrt(q)];
  return { value, slope: Math.sqrt(m) * previous };
}
