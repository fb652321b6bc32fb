import type { NoiseModel } from '../../model/spec';
import { fail } from '../../result';
import { immediately, type StartingPoint } from './starting-point';

/** The parameters of a model the user gave. */
export const given: StartingPoint = {
  id: 'given',
  label: 'Given model',
  from: 'the given model',
  drawn: false,
  refusal: ({ initial }) =>
    initial === null
      ? fail('fit/no-initial', 'No model to start from was given: name one with --initial, or choose another start.')
          .error
      : null,
  begin: immediately(({ initial, noise, sigmaFloor }) => {
    if (initial === null) throw new Error('refusal() is asked before a start begins');
    return { ...initial, sigmas: sigmasOf(initial.sigmas, noise, sigmaFloor) };
  }),
};

/** The model's sigmas as far as the noise model lets them be: EM under one sigma for all could fall from unequal ones. */
function sigmasOf(sigmas: Float64Array, noise: NoiseModel, floor: number): Float64Array {
  if (noise.kind === 'fixed') return sigmas.map(() => noise.sigma);
  const rootMeanSquare = Math.hypot(...sigmas) / Math.sqrt(sigmas.length);
  return sigmas.map((sigma) => Math.max(floor, noise.kind === 'shared' ? rootMeanSquare : sigma));
}
