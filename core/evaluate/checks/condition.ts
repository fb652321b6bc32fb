import type { EncodedColumn } from '../../data/encode';
import type { Check } from '../types';
import { plainNumber } from '../words';
import type { Correlation } from './correlation';

/**
 * Whether the columns say different things: the condition number of their correlation matrix's square root (Belsley, Kuh & Welsch
 * 1980: above 30 the slopes of the columns involved cannot be told apart).
 */
export function condition(correlation: Correlation | null, encoded: readonly EncodedColumn[]): Check {
  const id = 'condition';
  if (correlation === null)
    return { id, light: 'red', sentence: 'Some inputs are too large to compare; leave them out or rescale them.' };
  const { columns, values, vectors } = correlation;
  const last = columns.length - 1;
  if (last < 1) return { id, light: 'green', sentence: 'One input: its slope has nothing to be confused with.' };
  const number = Math.sqrt(values[0] / Math.max(values[last], Number.EPSILON));
  if (number < 30)
    return {
      id,
      light: 'green',
      sentence: `The inputs say different things (condition number ${plainNumber(number, 2)}).`,
    };
  const involved = Array.from(vectors[last], (value, position) => ({
    name: encoded[columns[position]].name,
    size: Math.abs(value),
  })).sort((a, b) => b.size - a.size);
  const names = `${involved[0].name} and ${involved[1].name}`;
  return number < 1e4
    ? {
        id,
        light: 'amber',
        sentence: `The inputs overlap (condition number ${plainNumber(number, 2)}), most of all ${names}: read their slopes together, or leave one out.`,
      }
    : { id, light: 'red', sentence: `One input repeats others exactly, most likely ${names}; leave one out.` };
}
