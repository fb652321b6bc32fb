/**
 * The monomials in q variables up to a degree, ordered by degree and then by index: 1; z_0 .. z_{q−1}; z_0 z_0, z_0 z_1, ...
 * Each one is its parent times one variable, so that a row of them takes one multiplication each.
 */
export interface Monomials {
  readonly q: number;
  readonly degree: number;
  readonly count: number;
  /** Variables of each monomial, non-decreasing: [] is 1, [0, 0, 2] is z_0² z_2. */
  readonly variables: readonly (readonly number[])[];
  /** Number of the monomial without its last variable; the constant is its own parent. */
  readonly parents: Int32Array;
}

/** How many monomials there are: C(q + degree, degree). */
export function monomialCount(q: number, degree: number): number {
  let count = 1;
  for (let m = 1; m <= degree; m++) count = (count * (q + m)) / m;
  return Math.round(count);
}

export function monomials(q: number, degree: number): Monomials {
  const variables: number[][] = [[]];
  const parents: number[] = [0];
  let from = 0;
  for (let m = 1; m <= degree; m++) {
    const to = variables.length;
    for (let parent = from; parent < to; parent++) {
      const shorter = variables[parent];
      for (let next = shorter.at(-1) ?? 0; next < q; next++) {
        variables.push([...shorter, next]);
        parents.push(parent);
      }
    }
    from = to;
  }
  return { q, degree, count: variables.length, variables, parents: Int32Array.from(parents) };
}

/** The orders in which the variables of a monomial can stand: the entries of a symmetric tensor it fills. */
function arrangements(variables: readonly number[]): number[][] {
  if (variables.length <= 1) return [[...variables]];
  return variables.flatMap((first, at) =>
    variables.indexOf(first) < at
      ? []
      : arrangements([...variables.slice(0, at), ...variables.slice(at + 1)]).map((rest) => [first, ...rest]),
  );
}

/** What a derivative makes of z^m: the product of the factorials of the multiplicities. */
function factorials(variables: readonly number[]): number {
  let product = 1;
  for (let i = 0, run = 1; i < variables.length; i++, run++) {
    if (i > 0 && variables[i] !== variables[i - 1]) run = 1;
    product *= run;
  }
  return product;
}

/**
 * The symmetric tensor (q^order entries) of the monomials of degree `order`: entry (a, b, ..) is the value of the monomial
 * z_a z_b .., times the factorials of its multiplicities if the values are coefficients and their derivative is wanted.
 */
export function symmetricTensor(
  { q, variables }: Monomials,
  values: Float64Array,
  order: number,
  as: 'moments' | 'derivatives',
): Float64Array {
  const tensor = new Float64Array(q ** order);
  variables.forEach((monomial, m) => {
    if (monomial.length !== order) return;
    const value = as === 'derivatives' ? values[m] * factorials(monomial) : values[m];
    for (const indices of arrangements(monomial)) tensor[indices.reduce((at, index) => at * q + index, 0)] = value;
  });
  return tensor;
}
