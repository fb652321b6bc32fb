import type { RegressorDirections } from '../../moments/regressor-directions';
import type { Check } from '../method';

/** Ratio of signal to noise below which directions are not identified, and below which they are noise. */
const IDENTIFIED = 1.2;
const NOISE = 1;
/** Smallest singular value of the unit directions below which telling them apart multiplies the error of the moments by five. */
const APART = 0.2;

/** What the moments themselves say about how far their directions can be trusted. */
export function spectralChecks(
  { ratio, deficient, conditioning }: Pick<RegressorDirections, 'ratio' | 'deficient' | 'conditioning'>,
  k: number,
): Check[] {
  return [subspaceCheck(ratio, k), positivityCheck(deficient, k), conditioningCheck(conditioning, k)];
}

function subspaceCheck(ratio: number, k: number): Check {
  const id = 'spectral-subspace';
  if (ratio === Infinity) {
    return { id, light: 'green', sentence: `With ${k} experts on ${k} features the directions span all there is.` };
  }
  // An eigenvalue below 0 is no strength at all.
  const times = Math.max(0, ratio).toFixed(2);
  if (ratio >= IDENTIFIED) {
    return { id, light: 'green', sentence: `The weakest expert direction is ${times} times as strong as the noise.` };
  }
  return {
    id,
    light: ratio >= NOISE ? 'amber' : 'red',
    sentence: `The weakest expert direction is only ${times} times as strong as the noise, so the directions are not identified: treat the spectral result as a starting point only, or try fewer experts or more rows.`,
  };
}

function positivityCheck(deficient: number, k: number): Check {
  const id = 'spectral-positive';
  return deficient === 0
    ? { id, light: 'green', sentence: 'The second moments are those of a mixture of as many directions as experts.' }
    : {
        id,
        light: 'amber',
        sentence: `The second moments show only ${k - deficient} of ${k} expert directions: the inputs are not bell-shaped or there are fewer experts, so try ${Math.max(k - deficient, 1)} experts.`,
      };
}

export function conditioningCheck(conditioning: number, k: number): Check {
  const id = 'spectral-conditioning';
  if (k === 1) return { id, light: 'green', sentence: 'One expert direction is not mistaken for another.' };
  const share = conditioning.toFixed(2);
  return conditioning >= APART
    ? {
        id,
        light: 'green',
        sentence: `The expert directions are clearly different (smallest singular value ${share}; 1 is at right angles).`,
      }
    : {
        id,
        light: 'amber',
        sentence: `Some expert directions are nearly those of others taken together (smallest singular value ${share}; 1 is at right angles), so they are uncertain: try fewer experts or more rows.`,
      };
}

const names: Record<RegressorDirections['estimators'][0], string> = {
  regression: 'regression on all products of the features',
  residualised: 'averages of the target without its linear part',
  raw: 'plain averages, as published',
  mixture: 'averages with the score functions of a mixture of normal distributions over the whitened inputs',
};

/** Which estimators were used for the second moments and the higher ones, in words. */
export function momentsNote(
  { estimators: [second, higher] }: Pick<RegressorDirections, 'estimators'>,
  components: number | null,
  order: 'third' | 'fourth' = 'third',
): string {
  if (components === 1)
    return 'The moments were estimated by plain averages: the inputs look like one normal distribution.';
  if (components !== null) return `The moments were estimated by ${names.mixture}, ${components} of them.`;
  return second === higher
    ? `The moments were estimated by ${names[second]}.`
    : `The second moments were estimated by ${names[second]}, the ${order} by ${names[higher]}.`;
}

/** Whether the rows spoke against the moments on which way a direction points. */
export const signsNote = (turned: number): string[] =>
  turned === 0
    ? []
    : [
        `${turned === 1 ? 'One direction was' : `${turned} directions were`} turned round, because the rows lie nearer to the experts then: the third moments alone are not sure of the signs.`,
      ];
