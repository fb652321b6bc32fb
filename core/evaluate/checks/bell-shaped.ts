import type { EncodedColumn } from '../../data/encode';
import type { Check } from '../types';
import { count, plainNumber } from '../words';
import type { ColumnShape } from './shapes';

/**
 * How far the inputs are from the normal distribution that the moment methods' proof supposes. Skewness moves their directions
 * first, heavy tails blow up the sampling error of third moments. Indicators of a category are never bell-shaped.
 */
export function bellShaped(shapes: readonly ColumnShape[], encoded: readonly EncodedColumn[]): Check {
  const id = 'bell-shaped';
  const graded = shapes.map(({ skewness, excessKurtosis }, j) => {
    // On one scale: skewness 1 and excess kurtosis 3 are each where a column stops looking bell-shaped.
    const distance = Math.max(Math.abs(skewness), Math.abs(excessKurtosis) / 3);
    return { entry: encoded[j], skewness, excessKurtosis, distance: encoded[j].level === null ? distance : Number.NaN };
  });
  const numbers = graded.filter(({ distance }) => !Number.isNaN(distance));
  const categories = graded.length - numbers.length;
  const [worst] = [...numbers].sort((a, b) => b.distance - a.distance);
  if (worst === undefined) {
    return {
      id,
      light: 'red',
      sentence:
        'All inputs are categories, far from the bell shape that the spectral start supposes; use random starts.',
    };
  }
  const far = numbers.filter(({ distance }) => distance > 1).length + categories;
  const shape = `${worst.entry.name} is the furthest (skewness ${plainNumber(worst.skewness, 2)}, excess kurtosis ${plainNumber(worst.excessKurtosis, 2)})`;
  if (far === 0)
    return { id, light: 'green', sentence: `All ${count(graded.length, 'input')} look bell-shaped; ${shape}.` };
  const light = worst.distance > 3 || far > graded.length / 2 ? 'red' : 'amber';
  const verb = far === 1 ? 'is' : 'are';
  const which = categories > 0 ? ` (${count(categories, 'is a category', 'are categories')})` : '';
  return {
    id,
    light,
    sentence: `${far} of ${count(graded.length, 'input')} ${verb} not bell-shaped${which}: ${shape}; the spectral start loses its guarantee, so compare it with random starts.`,
  };
}
