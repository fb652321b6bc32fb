import type { Problem } from '../model/problem';
import type { Parameters } from '../model/spec';
import { type Information, informationAt } from './information';

/** Largest derivative of the objective, a row, at which a fit is at rest. */
export const AT_REST = 1e-6;

const NEWTON_STEPS = 12;
const CONJUGATE_STEPS = 60;
const HALVINGS = 8;

/** A fit brought to rest, and the information there. */
export interface Settled {
  readonly parameters: Parameters;
  readonly information: Information;
  readonly atRest: boolean;
  /** How much the objective rose. */
  readonly gain: number;
}

/**
 * Brings a fit that EM left near a maximum to rest. EM itself needs 1 / (1 − rate) iterations a digit, just where the rate is of
 * interest; so each step solves I_obs δ = ∇, I_obs = I_c − I_m the observed information (Louis 1982), by conjugate gradients on
 * products alone, I_c the preconditioner: of the order of the root of that many. A step never lowers the objective. Yields after
 * every pass over the rows.
 *
 * @param weight  Σ w of the training rows
 */
export function* settle(problem: Problem, start: Parameters, weight: number): Generator<void, Settled> {
  let parameters = start;
  let information = informationAt(problem, parameters);
  const before = information.objective;
  yield;
  const atRest = () => information.steepest <= AT_REST * weight;
  for (let step = 0; step < NEWTON_STEPS && !atRest(); step++) {
    const direction = yield* newtonDirection(information);
    let accepted = false;
    for (let halving = 0, share = 1; halving < HALVINGS && !accepted; halving++, share /= 2) {
      const trial = information.move(direction.map((value) => share * value));
      const there = informationAt(problem, trial);
      yield;
      accepted = there.objective >= information.objective - 1e-12 * Math.max(weight, Math.abs(information.objective));
      if (accepted) [parameters, information] = [trial, there];
    }
    if (!accepted) break;
  }
  return { parameters, information, atRest: atRest(), gain: information.objective - before };
}

/**
 * (I − F⁻¹ I_m F⁻ᵀ) x = F⁻¹ ∇ by conjugate gradients, to a hundredth: the next step takes the rest. Where the objective does not
 * curve downwards it ends with what it has, an ascent direction all the same (Nocedal & Wright, algorithm 7.1).
 */
function* newtonDirection({ gradient, missing }: Information): Generator<void, Float64Array> {
  const x = new Float64Array(gradient.length);
  const residual = gradient.slice();
  const direction = gradient.slice();
  let square = dot(residual, residual);
  const enough = 1e-4 * square;
  for (let step = 0; step < CONJUGATE_STEPS && square > enough; step++) {
    const missed = missing(direction);
    yield;
    const product = direction.map((value, j) => value - missed[j]);
    const curvature = dot(direction, product);
    if (!(curvature > 1e-10 * dot(direction, direction))) return step === 0 ? gradient : x;
    const length = square / curvature;
    for (let j = 0; j < x.length; j++) {
      x[j] += length * direction[j];
      residual[j] -= length * product[j];
    }
    const before = square;
    square = dot(residual, residual);
    for (let j = 0; j < x.length; j++) direction[j] = residual[j] + (square / before) * direction[j];
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
