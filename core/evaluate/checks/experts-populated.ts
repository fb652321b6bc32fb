import type { Check } from '../types';
import { count, percent } from '../words';
import { listed, rowsHeld, rowsSloped, type FittedMixture } from './fitted-mixture';

/** Rows for each number of its line below which an expert's equation is guessing, and from which it is comfortable. */
const TOO_FEW = 2;
const ENOUGH = 10;

/**
 * Whether every expert holds rows enough for its own line; those that hold hardly any are named with their rows, and so is a ReLU expert
 * that is flat on nearly all it holds: its line then runs through the few rows left, and far off on new ones.
 */
export function expertsPopulated(mixture: FittedMixture): Check {
  const id = 'experts-populated';
  const { letters, lineSize } = mixture;
  const rows = rowsHeld(mixture);
  const total = rows.reduce((a, b) => a + b, 0);
  const numbers = `the ${count(lineSize, 'number')} of`;
  const starved = letters.filter((_, e) => rows[e] < TOO_FEW * lineSize);
  if (starved.length > 0) {
    const held = starved.map((letter) => ({ letter, about: aboutRows(rows[letters.indexOf(letter)]) }));
    const who =
      held.length === 1
        ? `Expert ${held[0].letter} holds ${held[0].about}`
        : `Experts ${listed(held.map(({ letter, about }) => `${letter} (${about})`))} hold`;
    const fewer = letters.length - starved.length;
    return {
      id,
      light: 'red',
      sentence: `${who}${held.length === 1 ? ',' : ''} too few for ${numbers} a line; fit ${count(Math.max(1, fewer), 'expert')}.`,
    };
  }
  const sloped = rowsSloped(mixture);
  const least = sloped.indexOf(Math.min(...sloped));
  if (sloped[least] < TOO_FEW * lineSize)
    return {
      id,
      light: 'red',
      sentence: `Expert ${letters[least]} is flat on all but ${aboutRows(sloped[least])} of the ${count(Math.round(rows[least]), 'row')} it holds, too few for ${numbers} its line, so it may be far off on new rows; try linear experts or fewer features.`,
    };
  const smallest = rows.indexOf(Math.min(...rows));
  const facts = `Expert ${letters[smallest]} is the smallest: ${aboutRows(rows[smallest])} (${percent(rows[smallest] / total)}) for ${numbers} its line`;
  return rows[smallest] >= ENOUGH * lineSize
    ? { id, light: 'green', sentence: `${facts}.` }
    : { id, light: 'amber', sentence: `${facts}; take its equation with caution.` };
}

const aboutRows = (rows: number): string => (rows < 0.5 ? 'no row' : `about ${count(Math.round(rows), 'row')}`);
