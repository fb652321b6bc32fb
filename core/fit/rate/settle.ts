import { dot } from '../../kernels/dot';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import { type Information, informationAt } from './information';

/** Largest derivative of the objective, a row, at which a fit is at rest. */
const AT_REST = 1e-6;

const NEWTON_STEPS = 12;
/** Products with the missing information in all: a fit that is near a maximum needs a third of them. */
const PRODUCTS = 120;
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
  let products = 0;
  for (let step = 0; step < NEWTON_STEPS && products < PRODUCTS && !atRest(); step++) {
    const { direction, steps } = yield* newtonDirection(information, PRODUCTS - products);
    products += steps;
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
function* newtonDirection(
  { gradient, missing }: Information,
  most: number,
): Generator<void, { direction: Float64Array; steps: number }> {
  const x = new Float64Array(gradient.length);
  const residual = gradient.slice();
  const conjugate = gradient.slice();
  let square = dot(residual, residual);
  const enough = 1e-4 * square;
  let steps = 0;
  while (steps < most && square > enough) {
    steps++;
    const missed = missing(conjugate);
    yield;
    const product = conjugate.map((value, j) => value - missed[j]);
    const curvature = dot(conjugate, product);
    if (!(curvature > 1e-10 * dot(conjugate, conjugate))) return { direction: steps === 1 ? gradient : x, steps };
    const length = square / curvature;
    for (let j = 0; j < x.length; j++) {
      x[j] += length * conjugate[j];
      residual[j] -= length * product[j];
    }
    const before = square;
    square = dot(residual, residual);
    for (let j = 0; j < x.length; j++) conjugate[j] = residual[j] + (square / before) * conjugate[j];
  }
  return { direction: x, steps };
}
