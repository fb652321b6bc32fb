import { type Expectation, expectation } from '../../kernels/expectation';
import type { Problem } from '../../model/problem';
import { rowsOfGroup, weightOf } from '../../model/row-windows';
import { copyParameters, emptyParameters, type Parameters } from '../../model/spec';
import type { Random } from '../../random';
import { em } from '../em/em';
import { leastSquares } from '../em/expert-step';
import { setFirstExperts } from '../em/first-experts';
import { gateStep } from '../em/gate-step';
import { cautiousSigma } from '../directions/nearest-expert';
import { kMeans } from './clusters';
import { randomStart } from './random-gate';
import type { StartingPoint } from './starting-point';

/** An expert for each group of rows that lie together. */
export const kMeansStart: StartingPoint = {
  id: 'k-means',
  label: 'k-means',
  from: 'groups of rows that lie together',
  drawn: true,
  refusal: () => null,
  begin: function* (problem, _settings, random) {
    yield { type: 'stage', stage: 'k-means', label: 'Rows grouped by k-means' };
    return { parameters: kMeansParameters(problem, random), firstIteration: 0 };
  },
};

/** M-steps of an expert on its own rows: a linear one is there after the first. */
const EXPERT_STEPS = 5;
/** Newton steps of the gate: enough to tell the groups apart, not to the last digit. */
const GATE_STEPS = 5;

/** Each expert fitted to its own group, the gate to the groups, the sigma wide enough for rows to change their group. */
function kMeansParameters(problem: Problem, random: Random): Parameters {
  const { k, d, train, noise } = problem;
  const { labels } = kMeans(problem, random);
  const start = emptyParameters(k, d);
  setFirstExperts(problem, start, random);
  const shares: Float64Array[] = [];
  for (let i = 0; i < k; i++) {
    const group = { ...problem, k: 1, train: rowsOfGroup(train, labels, i), noise: { kind: 'shared' } as const };
    const own = weightOf(group.train, d) > 0 ? fittedTo(group, random) : null;
    if (own !== null) {
      start.expertIntercepts[i] = own.expertIntercepts[0];
      start.expertWeights.set(own.expertWeights, i * d);
    }
    shares.push(sumsAt(group, emptyParameters(1, d), false).responsibilities);
  }
  start.sigmas.fill(noise.kind === 'fixed' ? noise.sigma : cautiousSigma(problem, start));
  const sums = { ...sumsAt(problem, start, true), responsibilities: Float64Array.from(shares.flatMap((s) => [...s])) };
  const next = copyParameters(start);
  gateStep(problem, sums, start, next, GATE_STEPS);
  return next;
}

/** The one expert of a problem. */
function fittedTo(problem: Problem, random: Random): Parameters {
  const fit = em(problem, randomStart(problem, random), {
    stage: 'k-means',
    expertStep: leastSquares,
    maxIterations: EXPERT_STEPS,
    tolerance: Number.MIN_VALUE,
  });
  for (;;) {
    const step = fit.next();
    if (step.done) return step.value.parameters;
  }
}

const sumsAt = ({ train, d, activation, cancel }: Problem, parameters: Parameters, curvature: boolean): Expectation =>
  expectation(train, d, { parameters, activation, moments: false, curvature }, cancel);
