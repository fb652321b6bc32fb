import { activationOf } from '../../model/activations';
import type { Problem } from '../../model/problem';
import { fitGaussianMixture } from '../../moments/gaussian-mixture';
import { labelTransforms } from '../../moments/label-transforms';
import {
  type DirectionOptions,
  type MomentChoice,
  type RegressorDirections,
  regressorDirections,
} from '../../moments/regressor-directions';
import { type Candidate, candidatesAlong, inputsOf, noiseOf } from '../directions/direction-candidates';
import type { Base } from '../directions/direction-options';
import { type Signed, withNearerSigns } from '../directions/direction-signs';

/** What the moments were taken in, and of. */
export interface Candidates {
  readonly candidates: readonly Candidate<Signed<RegressorDirections>>[];
  readonly whitened: boolean;
  /** Components of the inputs' mixture, where its score functions were asked for. */
  readonly components: number | null;
}

/** How the moments are taken; components of a mixture, 0 for as many as BIC asks for. */
export interface MomentOptions extends Pick<DirectionOptions, 'decomposition' | 'random'> {
  readonly moments: MomentChoice | 'gmm';
  readonly components: number;
}

/**
 * Directions from the moments of the training rows, one candidate a base. The score functions of a mixture of normals are always
 * taken in whitened inputs.
 */
export function spectralCandidates(problem: Problem, bases: readonly Base[], options: MomentOptions): Candidates {
  const { train, d, k, activation, expertColumns, cancel } = problem;
  const inputs = inputsOf(problem, options.moments !== 'gmm');
  if (!inputs) return { candidates: [], whitened: true, components: null };
  const { coordinates, moments, whitened } = inputs;
  const mixture =
    options.moments === 'gmm'
      ? fitGaussianMixture(
          { rows: train, d, usable: expertColumns, moments, coordinates, cancel },
          options.components,
          options.random,
        )
      : null;
  const choice = options.moments === 'gmm' ? mixture : options.moments;
  if (choice === null) return { candidates: [], whitened, components: null };
  const transforms = labelTransforms(activationOf(activation).value, noiseOf(problem, inputs));
  const candidates = candidatesAlong(problem, inputs, bases, (data) =>
    regressorDirections(data, coordinates, transforms, k, { ...options, moments: choice }),
  );
  const signed = candidates.map((candidate) => withNearerSigns(problem, candidate));
  return { candidates: signed, whitened, components: mixture?.components ?? null };
}
