import { factor, solveLower, solveUpper } from '../../kernels/cholesky';
import { type Expectation, expectation } from '../../kernels/expectation';
import { triangle, triangleIndex } from '../../kernels/triangle';
import { missingInformation, type Tangent } from '../../kernels/information';
import { Cancelled } from '../../kernels/pass';
import { gatePenaltyGradient } from '../../model/gate';
import { objectiveOf } from '../../model/likelihood';
import type { Problem } from '../../model/problem';
import { pseudoWeight } from '../../model/pseudo-rows';
import type { Parameters } from '../../model/spec';
import { freeGate, gateHessian } from '../em/gate-value';
import { difference, freeLines, moved, packed, unpacked } from './tangent';

/**
 * What the data say about the free numbers θ at given parameters: gates but the last, experts, and log σ where sigma is estimated.
 *
 * I_c, the complete information, is minus the Hessian of EM's Q(θ | θ), prior included (gate ridge and pseudo-rows): gates
 * p_i (1{i = j} − p_j) z z' and the ridge; expert i s_i g'² z z' / σ_i² (for a nonlinear g its expectation, without g''); log σ_i
 * 2 s_i (y − μ_i)² / σ_i². Between gates, experts and sigmas it is 0 where the M-step is at rest. I_m is the missing information of
 * kernels/information. Vectors live in the coordinates in which I_c is the identity, I_c = F F', x = F' δθ: there one step of EM near
 * its fixed point multiplies the error by F⁻¹ I_m F⁻ᵀ, which is symmetric.
 */
export interface Information {
  /** Free numbers. */
  readonly size: number;
  readonly objective: number;
  /** F⁻¹ ∇ of the objective. */
  readonly gradient: Float64Array;
  /** Largest absolute derivative of the objective in a free number. */
  readonly steepest: number;
  /** F⁻¹ I_m F⁻ᵀ x, by one pass over the rows. */
  missing(x: Float64Array): Float64Array;
  /** The parameters with θ + F⁻ᵀ x. */
  move(x: Float64Array): Parameters;
  /** The way back: x with `move(x)` these parameters. */
  coordinates(to: Parameters): Float64Array;
}

/** Added to blocks of unit diagonal: a direction that the rows say nothing about is then at rest instead of a division by 0. */
const TINY = 1e-10;

/** The complete information, block by block: one E-step. */
export function informationAt(problem: Problem, parameters: Parameters): Information {
  const { train, d, k, activation, cancel } = problem;
  const background = pseudoWeight(problem);
  const request = { parameters, activation, moments: true, curvature: true, background };
  const sums = expectation(train, d, request, cancel);
  const free = freeLines(problem);
  const gradient = gradientOf(problem, parameters, sums);
  const stop = () => {
    if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
  };
  const gates = freeGate(problem);
  const hessian = gateHessian(problem, gates, sums.curvature);
  const gate = factored(gates.size, (a, b) => hessian[a * gates.size + b], stop);
  const experts = Array.from({ length: k }, (_, i) =>
    factored(free.expert.length, expertEntry(sums, i, d, parameters.sigmas[i], free.expert), stop),
  );
  const blocks = [gate, ...experts, ...sigmaBlocks(problem, parameters, sums)];
  const size = blocks.reduce((sum, block) => sum + block.size, 0);
  const pack = (tangent: Tangent) => packed(problem, free, tangent);
  const unpack = (theta: Float64Array) => unpacked(problem, free, theta);
  const flat = pack(gradient);
  return {
    size,
    objective: objectiveOf(problem, parameters, sums),
    gradient: eachBlock(blocks, flat, lower),
    steepest: flat.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    missing(x) {
      const direction = unpack(eachBlock(blocks, x, upper));
      return eachBlock(
        blocks,
        pack(missingInformation(train, d, { parameters, activation, direction }, cancel)),
        lower,
      );
    },
    move: (x) => moved(parameters, unpack(eachBlock(blocks, x, upper))),
    coordinates: (to) => eachBlock(blocks, pack(difference(problem, parameters, to)), upperProduct),
  };
}

/** One diagonal block A of I_c: A = S⁻¹ L L' S⁻¹ with S = diag(scale) making its diagonal 1. */
interface Block {
  readonly size: number;
  readonly scale: Float64Array;
  readonly l: Float64Array;
}

function factored(size: number, entry: (a: number, b: number) => number, stop: () => void): Block {
  const scale = Float64Array.from({ length: size }, (_, a) => (entry(a, a) > 0 ? 1 / Math.sqrt(entry(a, a)) : 0));
  const l = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) l[a * size + b] = entry(a, b) * scale[a] * scale[b];
    l[a * size + a] = 1 + TINY;
  }
  factor(l, size, 0, stop);
  return { size, scale, l };
}

function expertEntry({ moments }: Expectation, i: number, d: number, sigma: number, lines: readonly number[]) {
  const p = d + 1;
  return (a: number, b: number) =>
    moments[i * triangle(p) + triangleIndex(p, Math.min(lines[a], lines[b]), Math.max(lines[a], lines[b]))] /
    (sigma * sigma);
}

function sigmaBlocks({ noise }: Problem, { sigmas }: Parameters, { residuals }: Expectation): Block[] {
  const own = Array.from(residuals, (residual, i) => (2 * residual) / (sigmas[i] * sigmas[i]));
  const block = (value: number): Block => ({
    size: 1,
    scale: Float64Array.of(value > 0 ? 1 / Math.sqrt(value) : 0),
    l: Float64Array.of(1),
  });
  if (noise.kind === 'fixed') return [];
  return noise.kind === 'shared' ? [block(own.reduce((sum, value) => sum + value, 0))] : own.map(block);
}

/** The gradient of the objective; log σ_i as if each sigma were its expert's own. */
function gradientOf(problem: Problem, parameters: Parameters, sums: Expectation): Tangent {
  const { d, pseudoRows } = problem;
  const { sigmas } = parameters;
  const p = d + 1;
  const ridge = gatePenaltyGradient(parameters, problem);
  const pull = (at: number) => (at % p === 0 ? 0 : ridge[Math.floor(at / p) * d + (at % p) - 1]);
  return {
    gates: sums.responsibilities.map((share, at) => share - sums.gates[at] - pull(at)),
    experts: sums.slopes.map((slope, at) => slope / sigmas[Math.floor(at / p)] ** 2),
    logSigmas: sigmas.map((sigma, i) => sums.residuals[i] / sigma ** 2 - (sums.responsibilities[i * p] + pseudoRows)),
  };
}

/** F⁻¹ of one block: L⁻¹ S. */
function lower({ l, size, scale }: Block, part: Float64Array): void {
  for (let a = 0; a < size; a++) part[a] *= scale[a];
  solveLower(l, size, part);
}

/** F⁻ᵀ of one block: S L⁻ᵀ. */
function upper({ l, size, scale }: Block, part: Float64Array): void {
  solveUpper(l, size, part);
  for (let a = 0; a < size; a++) part[a] *= scale[a];
}

/** F' of one block: L' S⁻¹. */
function upperProduct({ l, size, scale }: Block, part: Float64Array): void {
  for (let a = 0; a < size; a++) part[a] = scale[a] > 0 ? part[a] / scale[a] : 0;
  for (let a = 0; a < size; a++) {
    let sum = 0;
    for (let b = a; b < size; b++) sum += l[b * size + a] * part[b];
    part[a] = sum;
  }
}

/** A copy of the vector with `change` applied to each block's part. */
function eachBlock(
  blocks: readonly Block[],
  vector: Float64Array,
  change: (block: Block, part: Float64Array) => void,
): Float64Array {
  const result = vector.slice();
  let at = 0;
  for (const block of blocks) change(block, result.subarray(at, (at += block.size)));
  return result;
}
