import { hasGateIntercepts } from '../../model/gate';
import type { Problem } from '../../model/problem';
import type { NoiseModel, Parameters } from '../../model/spec';
import { fail } from '../../result';
import { immediately, type StartingPoint } from './starting-point';

/** The parameters of a model the user gave. */
export const given: StartingPoint = {
  id: 'given',
  label: 'given model',
  from: 'the given model',
  drawn: false,
  refusal: ({ initial }) =>
    initial === null
      ? fail('fit/no-initial', 'No model to start from was given: name one with --initial, or choose another start.')
          .error
      : null,
  begin: immediately((problem) => {
    const { initial, noise, sigmaFloor } = problem;
    if (initial === null) throw new Error('refusal() is asked before a start begins');
    return { ...withoutWhatIsHeld(problem, initial), sigmas: sigmasOf(initial.sigmas, noise, sigmaFloor) };
  }),
};

/** The model with 0 wherever this fit estimates nothing: EM would leave a number there that the fit says is not there. */
function withoutWhatIsHeld(problem: Problem, initial: Parameters): Parameters {
  const { d, expertColumns, gateColumns, intercept } = problem;
  const kept = (weights: Float64Array, columns: Uint8Array) => weights.map((w, at) => (columns[at % d] ? w : 0));
  const zeros = new Float64Array(initial.k);
  return {
    ...initial,
    expertWeights: kept(initial.expertWeights, expertColumns),
    expertIntercepts: intercept ? initial.expertIntercepts : zeros,
    gateWeights: kept(initial.gateWeights, gateColumns),
    gateIntercepts: hasGateIntercepts(problem) ? initial.gateIntercepts : zeros,
  };
}

/** The model's sigmas as far as the noise model lets them be: EM under one sigma for all could fall from unequal ones. */
function sigmasOf(sigmas: Float64Array, noise: NoiseModel, floor: number): Float64Array {
  if (noise.kind === 'fixed') return sigmas.map(() => noise.sigma);
  const rootMeanSquare = Math.hypot(...sigmas) / Math.sqrt(sigmas.length);
  return sigmas.map((sigma) => Math.max(floor, noise.kind === 'shared' ? rootMeanSquare : sigma));
}
