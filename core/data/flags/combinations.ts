/** A column that others tell almost exactly. */
export interface Combination {
  readonly column: number;
  /** Columns it is told by, those that matter. */
  readonly of: readonly number[];
  /** Share of its variance that they leave open. */
  readonly rest: number;
}

/** Below this share of its own variance a column has nearly nothing to itself: a variance inflation of a thousand. */
const NEARLY = 1e-3;
/** A smaller part in units of standard deviations is not worth naming. */
const MATTERS = 0.02;

/**
 * Columns that are nearly linear combinations of others: Cholesky of the correlations, each time with the column that has the most
 * variance of its own left (the QR decomposition with column pivoting of the standardised columns).
 *
 * @param columns  of equal length, without missing values, none constant; five rows or more for each column
 */
export function combinations(columns: readonly Float64Array[]): Combination[] {
  const p = columns.length;
  const standard = columns.map(standardised);
  const left = new Float64Array(p).fill(1);
  const chosen: number[] = [];
  /** p × steps: row j holds how column j falls on the directions of the chosen ones. */
  const falls: number[][] = Array.from({ length: p }, () => []);
  for (;;) {
    const open = left.reduce(
      (best, rest, j) => (!chosen.includes(j) && (best < 0 || rest > left[best]) ? j : best),
      -1,
    );
    if (open < 0 || left[open] < NEARLY) break;
    const length = Math.sqrt(left[open]);
    for (let j = 0; j < p; j++) {
      if (chosen.includes(j)) continue;
      const known = falls[j].reduce((sum, fall, s) => sum + fall * falls[open][s], 0);
      const fall = j === open ? length : (dot(standard[j], standard[open]) - known) / length;
      if (j === open) continue;
      falls[j].push(fall);
      left[j] -= fall * fall;
    }
    falls[open].push(length);
    chosen.push(open);
  }
  return columns.flatMap((_, column) => {
    if (chosen.includes(column)) return [];
    const shares = coefficients(falls[column], chosen, falls);
    const of = chosen.filter((_, s) => Math.abs(shares[s]) > MATTERS).sort((a, b) => a - b);
    return [{ column, of, rest: Math.max(0, left[column]) }];
  });
}

/** How much of each chosen column goes into one that falls so on their directions: back substitution. */
function coefficients(
  falls: readonly number[],
  chosen: readonly number[],
  all: readonly (readonly number[])[],
): number[] {
  const shares = [...falls];
  for (let s = chosen.length - 1; s >= 0; s--) {
    for (let later = s + 1; later < chosen.length; later++) shares[s] -= all[chosen[later]][s] * shares[later];
    shares[s] /= all[chosen[s]][s];
  }
  return shares;
}

/** Mean 0 and length 1. */
function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const centred = values.map((value) => value - mean);
  const length = Math.sqrt(dot(centred, centred));
  return centred.map((value) => value / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
