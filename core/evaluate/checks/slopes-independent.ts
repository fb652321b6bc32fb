import { symmetricEigen } from '../../moments/symmetric-eigen';
import type { Check } from '../types';
import { plainNumber } from '../words';
import type { Directions } from './directions';
import { listed } from './fitted-mixture';

/** Condition numbers of the unit slopes. Three random directions in ten features have 1.5 to 3; at 10 the closest pair is at 11 degrees. */
const CLOSE = 10;
const DEPENDENT = 100;

/**
 * Whether the experts' slopes are linearly independent, as methods of moments need: the condition number of the k unit slopes in
 * whitened inputs, the root of that of their k × k cosines.
 */
export function slopesIndependent({ experts }: Directions, letters: readonly string[]): Check {
  const id = 'slopes-independent';
  const k = letters.length;
  const flat = letters.filter((_, i) => Number.isNaN(experts[i * k + i]));
  if (flat.length > 0)
    return {
      id,
      light: 'amber',
      sentence: `${flat.length === 1 ? `Expert ${flat[0]} does` : `Experts ${listed(flat)} do`} not vary with the features, and moments show only experts that do; compare with random starts.`,
    };
  const values = symmetricEigen(experts, k)?.values;
  if (!values)
    return {
      id,
      light: 'amber',
      sentence: 'The slopes of the experts are too large to compare; rescale the features.',
    };
  const least = Math.sqrt(Math.max(values[k - 1], 0));
  const number = Math.sqrt(values[0]) / Math.max(least, Number.EPSILON);
  if (number < CLOSE)
    return {
      id,
      light: 'green',
      sentence: `At the fit the experts’ slopes point in different directions (condition number ${plainNumber(number, 2)}).`,
    };
  const [a, b] = closestPair(experts, k);
  return {
    id,
    light: number < DEPENDENT ? 'amber' : 'red',
    sentence: `At the fit the experts’ slopes nearly depend on each other, most of all ${letters[a]} and ${letters[b]} (condition number ${number < 1e6 ? plainNumber(number, 2) : 'above a million'}): moments tell such experts apart only with many rows, so compare with random starts.`,
  };
}

function closestPair(cosines: Float64Array, k: number): [number, number] {
  let best: [number, number] = [0, 1];
  for (let i = 0; i < k; i++)
    for (let j = i + 1; j < k; j++)
      if (Math.abs(cosines[i * k + j]) > Math.abs(cosines[best[0] * k + best[1]])) best = [i, j];
  return best;
}
