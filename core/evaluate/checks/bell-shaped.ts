import type { EncodedColumn } from '../../data/encode';
import type { Check } from '../types';
import { count, plainNumber } from '../words';
import { MANY_VALUES, type ColumnShape } from './shapes';

/**
 * How far a distribution is from the normal one: skewness 1 and excess kurtosis 3 are each where it stops looking bell-shaped, at 1.
 */
export const bellDistance = (skewness: number, excessKurtosis: number): number =>
  Math.max(Math.abs(skewness), Math.abs(excessKurtosis) / 3);

/**
 * How far the inputs, each by itself, are from the normal distribution that the moment methods' proof supposes. Skewness moves their
 * directions first, heavy tails blow up the sampling error of third moments. Indicators of a category and numbers of a few values
 * are never bell-shaped.
 */
export function bellShaped(shapes: readonly ColumnShape[], encoded: readonly EncodedColumn[]): Check {
  const id = 'bell-shaped';
  const categories = encoded.filter(({ level }) => level !== null).length;
  const numbers = shapes.map((shape, j) => ({ ...shape, ...encoded[j] })).filter(({ level }) => level === null);
  const graded = numbers
    .filter(({ values }) => values >= MANY_VALUES)
    .map((shape) => ({ ...shape, distance: bellDistance(shape.skewness, shape.excessKurtosis) }))
    .sort((a, b) => b.distance - a.distance);
  const stepped = numbers.length - graded.length;
  const [worst] = graded;
  if (worst === undefined)
    return {
      id,
      light: 'red',
      sentence: `${nothingButSteps(stepped, categories)}, far from the bell shape that directions from moments suppose; use random starts.`,
    };
  const far = graded.filter(({ distance }) => distance > 1).length + categories + stepped;
  const shape = `${worst.name} is the furthest (skewness ${plainNumber(worst.skewness, 2)}, excess kurtosis ${plainNumber(worst.excessKurtosis, 2)})`;
  if (far === 0)
    return { id, light: 'green', sentence: `All ${count(shapes.length, 'input')} look bell-shaped; ${shape}.` };
  const reasons = [
    categories > 0 && count(categories, 'is a category', 'are categories'),
    stepped > 0 && `${count(stepped, 'has', 'have')} fewer than ten values`,
    worst.distance > 1 && shape,
  ].filter((reason) => reason !== false);
  return {
    id,
    light: worst.distance > 3 || far > shapes.length / 2 ? 'red' : 'amber',
    sentence: `${far} of ${count(shapes.length, 'input')} ${far === 1 ? 'is' : 'are'} not bell-shaped: ${reasons.join(', ')}; directions from moments lose their guarantee, so compare with random starts.`,
  };
}

function nothingButSteps(stepped: number, categories: number): string {
  if (stepped === 0) return 'All inputs are categories';
  return categories === 0
    ? 'All inputs have fewer than ten values'
    : 'All inputs are categories or have fewer than ten values';
}
