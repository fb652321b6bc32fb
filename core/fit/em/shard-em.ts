import { expectation, type Expectation } from '../../kernels/expectation';
import { linear } from '../../model/activations';
import { objectiveOf } from '../../model/likelihood';
import type { Problem } from '../../model/problem';
import { pseudoWeight } from '../../model/pseudo-rows';
import { copyParameters, type Parameters } from '../../model/spec';
import type { Fit } from '../method';
import { em, type EmOptions, largestChange } from './em';
import { curvatureStep, usesNewton } from './gate-step';
import { noiseStep } from './noise-step';
import { shardGroups, shardSums, type ShardSums } from './shard-sums';

/** Ordinary iterations first: what rows say at a start that is far off is not worth keeping. */
const FIRST = 3;

/**
 * Incremental EM (Neal & Hinton 1998): the M-step does not wait for the last row. The shards keep their sums in groups; after each
 * group's E-step the parameters are those that all groups' latest sums ask for. The experts' step is a Newton step on the sum of the groups' parabolas, exact
 * where they are linear, and so is the gate's; nothing is priced in between. Instead each sweep ends with a pass for the likelihood of
 * the parameters it arrived at, which is what is reported; a sweep that does not raise it is undone. Where sweeps bring less than the tolerance,
 * or nothing, ordinary EM goes on from the best and ends by its own rule, so that what converged is what converged there.
 */
export function* shardEm(problem: Problem, start: Parameters, options: EmOptions): Fit {
  const { maxIterations, firstIteration = 0, tolerance, stage } = options;
  if (!usesNewton(problem)) return yield* em(problem, start, options);
  const first = yield* em(problem, start, { ...options, maxIterations: Math.min(FIRST, maxIterations) });
  if (first.termination !== 'iteration-limit' || maxIterations <= FIRST) return first;

  const sums = shardSums(problem, requestOf(problem, true));
  const groups = shardGroups(problem.train.n).length;
  let best = { parameters: first.parameters, objective: first.objective };
  let done = FIRST;
  for (; done < maxIterations; done++) {
    const parameters = sweep(problem, sums, groups, best.parameters, options, done === FIRST);
    const found = expectation(problem.train, problem.d, { ...requestOf(problem, false), parameters }, problem.cancel);
    const objective = objectiveOf(problem, parameters, found);
    if (!(objective > best.objective)) break;
    const parameterChange = largestChange(best.parameters, parameters);
    const gain = objective - best.objective;
    best = { parameters, objective };
    yield {
      type: 'iteration',
      stage,
      iteration: firstIteration + done + 1,
      ...figuresOf(found),
      objective,
      parameterChange,
      kl: Number.NaN,
      parameters,
    };
    if (gain < tolerance * found.weight) {
      done++;
      break;
    }
  }
  const rest = em(problem, best.parameters, {
    ...options,
    firstIteration: firstIteration + done,
    maxIterations: maxIterations - done,
  });
  // These parameters have been reported.
  const again = rest.next();
  return again.done ? again.value : yield* rest;
}

const requestOf = (problem: Problem, sufficient: boolean) => ({
  activation: problem.activation,
  moments: sufficient,
  curvature: sufficient,
  background: pseudoWeight(problem),
});

const figuresOf = ({ logLikelihood, squaredError, weight }: Expectation) => ({
  logLikelihood: logLikelihood / weight,
  trainRmse: Math.sqrt(squaredError / weight),
});

/** Every group once, with an M-step after each; the first time there is one at the end, when all groups have been looked at. */
function sweep(
  problem: Problem,
  sums: ShardSums,
  groups: number,
  from: Parameters,
  { expertStep }: EmOptions,
  isFirst: boolean,
): Parameters {
  // The parabolas are all there is of the experts here: their step is that of linear ones.
  const parabolic = { ...problem, activation: linear };
  const residuals = new Float64Array(problem.k);
  let parameters = from;
  for (let group = 0; group < groups; group++) {
    sums.look(group, parameters);
    if (isFirst && group < groups - 1) continue;
    const found = sums.at(parameters);
    const next = copyParameters(parameters);
    expertStep.update(parabolic, found, parameters, next, residuals);
    noiseStep(problem, found, residuals, next);
    curvatureStep(problem, found, parameters, next);
    parameters = next;
  }
  return parameters;
}
