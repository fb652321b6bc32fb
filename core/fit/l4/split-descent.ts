import { expectation } from '../../kernels/expectation';
import { objectiveOf } from '../../model/likelihood';
import { rezeroGates } from '../../model/order';
import type { Problem, Rows } from '../../model/problem';
import { takenRows } from '../../model/row-windows';
import { pseudoWeight } from '../../model/pseudo-rows';
import type { Parameters } from '../../model/spec';
import { permutation, type Random } from '../../random';
import { largestChange, maximisation } from '../em/em';
import type { ExpertStep } from '../em/expert-step';
import type { GateStep } from '../em/gate-step';
import type { Fit, Outcome } from '../method';

export interface SplitDescentOptions {
  readonly stage: string;
  readonly expertStep: ExpertStep;
  readonly gateStep: GateStep;
  /** Parts the rows are dealt into at random, and steps: each is taken on a part of its own. */
  readonly parts: number;
  readonly firstIteration: number;
}

/**
 * EM steps with sample splitting (Gated-NN, the setting of its theorem on L_log): step t sees part t of the rows and no other, so that
 * the rows of a step are independent of the parameters it starts from. What is reported is measured on all rows, and need not rise.
 * Ends after the last part, at its limit of iterations.
 */
export function* splitDescent(problem: Problem, start: Parameters, options: SplitDescentOptions, random: Random): Fit {
  const { stage, expertStep, gateStep, parts, firstIteration } = options;
  const { train, d, cancel, activation } = problem;
  const order = permutation(train.n, random);
  const background = pseudoWeight(problem);
  const request = { activation, moments: expertStep.moments, curvature: gateStep.curvature(problem), background };
  let parameters = rezeroGates(start);
  let last: Outcome | null = null;
  for (let t = 0; ; t++) {
    const whole = expectation(train, d, { activation, moments: false, curvature: false, parameters }, cancel);
    const objective = objectiveOf(problem, parameters, whole);
    const logLikelihood = whole.logLikelihood / whole.weight;
    const iteration = firstIteration + t;
    const figures = { stage, parameters, objective, logLikelihood };
    if (!Number.isFinite(objective)) {
      const outcome: Outcome = last ?? { ...figures, termination: 'numerical-failure', iterations: iteration };
      return { ...outcome, termination: 'numerical-failure' };
    }
    yield {
      type: 'iteration',
      iteration,
      parameterChange: last ? largestChange(last.parameters, parameters) : Number.NaN,
      trainRmse: Math.sqrt(whole.squaredError / whole.weight),
      kl: Number.NaN,
      ...figures,
    };
    last = { ...figures, termination: 'iteration-limit', iterations: iteration };
    if (t === parts) return last;
    const rows = partOf(train, d, order, t, parts);
    const sums = expectation(rows, d, { ...request, parameters }, cancel);
    if (sums.weight === 0) continue;
    const part = problemOn(problem, rows, sums.weight / whole.weight);
    parameters = maximisation(part, sums, parameters, expertStep, gateStep).parameters;
  }
}

/** The problem on some of its rows, with that share of what pulls on the experts and the gate besides. */
const problemOn = (problem: Problem, train: Rows, share: number): Problem => ({
  ...problem,
  train,
  pseudoRows: share * problem.pseudoRows,
  gateRidge: share * problem.gateRidge,
});

/** Every `parts`-th row of the order, from row t on. */
function partOf(rows: Rows, d: number, order: Uint32Array, t: number, parts: number): Rows {
  const chosen = order.filter((_, at) => at % parts === t);
  return takenRows(rows, d, chosen);
}
