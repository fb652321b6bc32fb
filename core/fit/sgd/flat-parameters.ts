import { hasGateIntercepts } from '../../model/gate';
import type { Problem } from '../../model/problem';
import { emptyParameters, type Parameters } from '../../model/spec';

/**
 * The parameters as one vector for a descent: expert weights, expert intercepts, log σ (a sigma stays positive whatever the step),
 * gate weights, gate intercepts. All k gates are there, so that no expert is the reference.
 */
export interface FlatParameters {
  readonly size: number;
  pack(parameters: Parameters): Float64Array;
  /** Sigmas are not let below the floor. */
  unpack(flat: Float64Array): Parameters;
  /** A gradient of the same shapes (in σ: by log σ), 0 where a number is not to be estimated. */
  packGradient(gradient: Parameters): Float64Array;
}

export function flatParameters(problem: Problem): FlatParameters {
  const { k, d, expertColumns, gateColumns, intercept, noise, sigmaFloor } = problem;
  const parts = ['expertWeights', 'expertIntercepts', 'sigmas', 'gateWeights', 'gateIntercepts'] as const;
  const free = {
    expertWeights: (at: number) => expertColumns[at % d] === 1,
    expertIntercepts: () => intercept,
    sigmas: () => noise.kind !== 'fixed',
    gateWeights: (at: number) => k > 1 && gateColumns[at % d] === 1,
    gateIntercepts: () => k > 1 && hasGateIntercepts(problem),
  };
  const lengths = parts.map((part) => emptyParameters(k, d)[part].length);
  const starts = lengths.map((_, p) => lengths.slice(0, p).reduce((sum, length) => sum + length, 0));
  const size = lengths.reduce((sum, length) => sum + length, 0);
  const gather = (value: (part: (typeof parts)[number], at: number) => number) => {
    const flat = new Float64Array(size);
    parts.forEach((part, p) => {
      for (let at = 0; at < lengths[p]; at++) flat[starts[p] + at] = value(part, at);
    });
    return flat;
  };
  return {
    size,
    pack: (parameters) =>
      gather((part, at) => (part === 'sigmas' ? Math.log(parameters.sigmas[at]) : parameters[part][at])),
    packGradient: (gradient) => gather((part, at) => (free[part](at) ? gradient[part][at] : 0)),
    unpack(flat) {
      const [expertWeights, expertIntercepts, logs, gateWeights, gateIntercepts] = starts.map((start, p) =>
        flat.slice(start, start + lengths[p]),
      );
      const sigmas = logs.map((log) => (noise.kind === 'fixed' ? Math.exp(log) : Math.max(sigmaFloor, Math.exp(log))));
      return { k, d, expertWeights, expertIntercepts, sigmas, gateWeights, gateIntercepts };
    },
  };
}
