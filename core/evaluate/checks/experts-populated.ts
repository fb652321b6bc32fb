import type { Check } from '../types';
import { count, percent } from '../words';
import { listed, rowsHeld, type FittedMixture } from './fitted-mixture';

/** Rows for each number of its line below which an expert's equation is guessing, and from which it is comfortable. */
const TOO_FEW = 2;
const ENOUGH = 10;

/** Whether every expert holds rows enough for its own line; those that hold hardly any are named with their rows. */
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
  const smallest = rows.indexOf(Math.min(...rows));
  const facts = `Expert ${letters[smallest]} is the smallest: ${aboutRows(rows[smallest])} (${percent(rows[smallest] / total)}) for ${numbers} its line`;
  return rows[smallest] >= ENOUGH * lineSize
    ? { id, light: 'green', sentence: `${facts}.` }
    : { id, light: 'amber', sentence: `${facts}; take its equation with caution.` };
}

const aboutRows = (rows: number): string => (rows < 0.5 ? 'no row' : `about ${count(Math.round(rows), 'row')}`);
