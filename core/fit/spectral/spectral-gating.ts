import type { Problem } from '../../model/problem';
import { calibrated } from '../em/calibrate';
import { em } from '../em/em';
import { frozen } from '../em/expert-step';
import { gateAlong } from '../directions/gate-along';
import { gradientGate } from '../em/gradient-step';
import { chordGate, type GateStep } from '../em/gate-step';
import type { Fit, TerminationCode } from '../method';
import { momentGateDirection } from '../directions/moment-gate';
import type { GatingOptions } from '../directions/along-directions';
import { type Candidate, unitNorm } from '../directions/direction-candidates';

/** How the gate is found between experts whose directions are known. */
export type Gating = 'em' | 'gradient-em' | 'moments';

/** Iterations that slopes and intercepts get before the gate's direction is taken. */
const UNDER_CONSTANT_GATE = 30;
const goesOn: ReadonlySet<TerminationCode> = new Set(['converged', 'iteration-limit']);

/** The stages' names of both kinds of experts. */
const stageOf = (published: boolean) => (published ? 'gate' : 'calibrate');

/**
 * The gate, and with it what of the experts is not held: nothing of the published ones, slope and intercept along their directions
 * of all others.
 */
export function* fitGate(
  problem: Problem,
  candidate: Candidate,
  gating: Gating,
  { published, ...limits }: GatingOptions,
): Fit {
  const start = published ? unitNorm(problem, candidate.start) : candidate.start;
  const expertStep = published ? frozen : calibrated(candidate.found.weights);
  const options = { ...limits, stage: stageOf(published), expertStep };
  const steps: Record<Exclude<Gating, 'moments'>, () => GateStep> = {
    em: () => chordGate,
    'gradient-em': () => gradientGate(problem),
  };
  if (gating !== 'moments') return yield* em(problem, start, { ...options, gateStep: steps[gating]() });

  // Theorem 3 supposes that the experts are known: those that still want slope and intercept get them under a constant gate first.
  const constant = gateAlong(new Float64Array(problem.d));
  const { maxIterations, firstIteration = 0 } = limits;
  const before = { ...options, gateStep: constant, maxIterations: Math.min(UNDER_CONSTANT_GATE, maxIterations) };
  const first = published ? null : yield* em(problem, start, before);
  const next = first ? first.iterations + 1 : firstIteration;
  const left = firstIteration + maxIterations - next;
  if (first && (left < 0 || !goesOn.has(first.termination))) return first;
  const experts = first?.parameters ?? start;
  const direction = momentGateDirection(problem, experts);
  if (direction === null) {
    yield { type: 'note', sentence: 'The moments show no direction for the gate, so it is the same in every row.' };
  }
  return yield* em(problem, experts, {
    ...options,
    gateStep: direction ? gateAlong(direction) : constant,
    maxIterations: left,
    firstIteration: next,
  });
}
