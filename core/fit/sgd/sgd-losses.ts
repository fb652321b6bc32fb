import { expectationKernel, namedSums } from '../../kernels/expectation';
import { mixedErrorKernel } from '../../kernels/mixed-error';
import { gatePenaltyGradient } from '../../model/gate';
import type { Problem, Rows } from '../../model/problem';
import { pseudoWeight } from '../../model/pseudo-rows';
import type { Parameters } from '../../model/spec';
import { batchSums } from './mini-batches';

/** What a stochastic descent goes down. */
export interface Loss {
  /** Whether it is one of the density, sigmas included, or of the prediction alone. */
  readonly ofDensity: boolean;
  /**
   * An unbiased estimate, from a few rows, of the gradient of the mean loss a row, gate ridge and pseudo-rows included. Shapes of the
   * parameters; the sigma part is by log σ, the same sum in every place where one sigma serves all.
   *
   * @param rowWeight  mean weight of a row of the whole table
   */
  gradient(problem: Problem, parameters: Parameters, batch: Rows, rowWeight: number): Parameters;
}

/** Minus EM's objective over the weight of the rows: the negative log-likelihood. */
export const negativeLogLikelihood: Loss = {
  ofDensity: true,
  gradient(problem, parameters, batch, rowWeight) {
    const { d, activation, cancel, noise } = problem;
    const { sigmas } = parameters;
    const background = pseudoWeight(problem);
    const request = { parameters, activation, moments: false, curvature: false, background };
    const sums = namedSums(batchSums(expectationKernel, batch, d, request, cancel), d, request);
    const share = 1 / (batch.n * rowWeight);
    const pulls = sigmas.map((sigma, i) => {
      const told = sums.responsibilities[i * (d + 1)] + background * sums.weight;
      return share * (told - sums.residuals[i] / sigma ** 2);
    });
    const total = pulls.reduce((sum, pull) => sum + pull, 0);
    return assembled(problem, parameters, rowWeight, {
      expert: (i, at) => (-share * sums.slopes[at]) / sigmas[i] ** 2,
      gate: (_i, at) => share * (sums.gates[at] - sums.responsibilities[at]),
      sigma: (i) => (noise.kind === 'shared' ? total : pulls[i]),
    });
  },
};

/** Half the squared error of the mixed prediction (Gated-NN's ℓ2). The sigmas have no part in it. */
export const squaredError: Loss = {
  ofDensity: false,
  gradient(problem, parameters, batch, rowWeight) {
    const { d, activation, cancel } = problem;
    const request = { parameters, activation, background: pseudoWeight(problem) };
    const sums = batchSums(mixedErrorKernel, batch, d, request, cancel);
    const share = 1 / (batch.n * rowWeight);
    const [experts, gates] = [2, 2 + parameters.k * (d + 1)];
    return assembled(problem, parameters, rowWeight, {
      expert: (_i, at) => -share * sums[experts + at],
      gate: (_i, at) => -share * sums[gates + at],
      sigma: () => 0,
    });
  },
};

/** Derivatives of the mean loss without the ridge; `at` counts the lines of (1, x) over all experts. */
interface Derivatives {
  expert(i: number, at: number): number;
  gate(i: number, at: number): number;
  sigma(i: number): number;
}

function assembled(
  problem: Problem,
  parameters: Parameters,
  rowWeight: number,
  { expert, gate, sigma }: Derivatives,
): Parameters {
  const { k, d } = parameters;
  const ridge = gatePenaltyGradient(parameters, problem);
  const total = rowWeight * problem.train.n;
  const lineOf = (at: number) => Math.floor(at / d) * (d + 1) + 1 + (at % d);
  return {
    k,
    d,
    expertWeights: ridge.map((_, at) => expert(Math.floor(at / d), lineOf(at))),
    expertIntercepts: parameters.expertIntercepts.map((_, i) => expert(i, i * (d + 1))),
    sigmas: parameters.sigmas.map((_, i) => sigma(i)),
    gateWeights: ridge.map((pull, at) => gate(Math.floor(at / d), lineOf(at)) + pull / total),
    gateIntercepts: parameters.gateIntercepts.map((_, i) => gate(i, i * (d + 1))),
  };
}
