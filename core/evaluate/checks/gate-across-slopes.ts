import type { Check } from '../types';
import { plainNumber } from '../words';
import type { Directions } from './directions';

/** Cosines to which directions at right angles may differ: what random directions in ten features have is about this. */
const ACROSS = 0.5;

/**
 * Whether the gate's borders run at right angles to the experts' slopes in whitened inputs, as Gridlock and Gated-NN suppose. With two
 * experts on bell-shaped inputs the cross terms vanish whatever the angle. With more, steep gates (norm 5) in random directions bend
 * the directions of 400,000 rows to |cos| 0.99 (three experts) and 0.94 (four): never a red light.
 */
export function gateAcrossSlopes({ borders }: Directions, letters: readonly string[]): Check {
  const id = 'gate-across-slopes';
  let worst = { cosine: Number.NaN, words: '' };
  for (const { between, cosines } of borders) {
    cosines.forEach((cosine, e) => {
      if (!(Math.abs(cosine) <= Math.abs(worst.cosine)) && !Number.isNaN(cosine))
        worst = {
          cosine,
          words: `between ${letters[between[0]]} and ${letters[between[1]]} and the slope of ${letters[e]}`,
        };
    });
  }
  if (Number.isNaN(worst.cosine)) return { id, light: 'green', sentence: 'The gate does not vary with the features.' };
  const size = Math.abs(worst.cosine);
  const facts = `The border ${worst.words} have a cosine of ${size < 0.995 ? plainNumber(size, 2) : 'nearly 1'}`;
  if (size < ACROSS)
    return { id, light: 'green', sentence: `${facts}, the largest: the gate runs across the experts’ slopes.` };
  return letters.length === 2
    ? { id, light: 'green', sentence: `${facts}, which does no harm to directions from moments with two experts.` }
    : {
        id,
        light: 'amber',
        sentence: `${facts}, where the proof supposes 0: directions from moments lean a little, so leave the polish on.`,
      };
}
