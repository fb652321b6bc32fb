import { triangle } from '../../kernels/triangle';
import { missingWork } from '../../kernels/information';
import { curvatureLength } from '../../kernels/curvature';
import { normalise } from '../../model/normalise';
import type { Problem, Rows } from '../../model/problem';
import { takenRows } from '../../model/row-windows';
import type { Parameters } from '../../model/spec';
import type { Information } from './information';
import { largestEigenpair } from './lanczos';
import { settle } from './settle';
import { targetMoments } from '../target';
import { freeSize } from './tangent';
import type { TracePoint } from '../trace';

/** How fast EM converges at a fitted mixture. */
export type LocalRate =
  | {
      readonly known: true;
      /** Largest eigenvalue ρ of I_c⁻¹ I_m: what one EM iteration keeps of the error, in the slowest direction. */
      readonly rate: number;
      /** Rows it was taken from: a sample where there are many. */
      readonly rows: number;
      /** Gain of the objective a row by bringing the fit to rest. */
      readonly gain: number;
    }
  | { readonly known: false; readonly because: 'too-large' | 'not-at-rest' | 'no-maximum' };

/** Multiplications of a pass, about 10 ms of plain JavaScript: the rows are as many as that allows, and the rate takes some fifty. */
const USUAL_PASS = 1e7;
/** But a sample must say something of every number, */
const ROWS_A_NUMBER = 15;
/** and a pass, and the one that brings home the complete information, must not take longer than this. */
const LONGEST_PASS = 4e7;
const LONGEST_INFORMATION = 8e8;
/** The gate's block is factored: at this size in half a second. */
const LARGEST_BLOCK = 1000;
/** A fit that gains more than this a row on its way to rest was not near it. */
const NEAR = 0.02;
/** From here on the largest eigenvalue is 1 for all that can be told: the objective is flat in that direction, or rises. */
const FLAT = 1 - 1e-7;
const LANCZOS_STEPS = 100;
/** The eigenvalue is then good to 1e-8 over the gap to the next. */
const LANCZOS_RESIDUAL = 1e-4;

/**
 * The local rate of joint EM at a fitted mixture (Dempster, Laird and Rubin 1977; Mirror, section on the missing information matrix): the
 * fit is brought to rest, and ρ is the largest eigenvalue of the symmetric problem I_m v = ρ I_c v. It is that of the EM that runs:
 * sigma counts where it is estimated, gate ridge and pseudo-rows are part of I_c; with a fixed sigma and neither, it is that of the
 * paper. At most a fixed amount of work whatever the rows; yields after every pass.
 */
export function* localRate(problem: Problem, fitted: Parameters): Generator<void, LocalRate> {
  const size = freeSize(problem);
  const rows = rowsFor(problem, size);
  if (rows === null) return { known: false, because: 'too-large' };
  const part = { ...problem, train: evenlyTaken(problem.train, problem.d, rows) };
  const { problem: inner } = normalise({ ...part, test: null, initial: fitted });
  const { weight } = targetMoments(inner.train, inner.d);
  const settled = yield* settle(inner, inner.initial ?? fitted, weight);
  // A fit to a sample gains half a nat a number on average, weighed up to all rows.
  const byChance = rows < problem.train.n ? (2 * size * problem.train.n) / rows : 0;
  if (!settled.atRest || settled.gain > NEAR * weight + byChance) return { known: false, because: 'not-at-rest' };
  const rate = yield* rateOf(settled.information);
  if (!(rate < FLAT)) return { known: false, because: 'no-maximum' };
  return { known: true, rate, rows, gain: settled.gain / weight };
}

/** The largest eigenvalue of I_c⁻¹ I_m, and where it belongs. */
export function* slowestDirection(information: Information) {
  // Fractional parts of multiples of the golden ratio: no eigenvector is orthogonal to them but by accident.
  const first = Float64Array.from({ length: information.size }, (_, j) => (((j + 1) * 0.6180339887498949) % 1) - 0.5);
  return yield* largestEigenpair(information.missing, first, LANCZOS_STEPS, LANCZOS_RESIDUAL);
}

function* rateOf(information: Information): Generator<void, number> {
  return Math.max(0, (yield* slowestDirection(information)).value);
}

/** How many rows to take the rate from; null where too few of them would be worth the time. */
function rowsFor({ train, d, k }: Problem, size: number): number | null {
  const work = missingWork(k, d);
  const information = k * triangle(d + 1) + curvatureLength(k, d);
  const most = Math.floor(Math.min(LONGEST_PASS / work, LONGEST_INFORMATION / information));
  const rows = Math.min(train.n, Math.max(Math.floor(USUAL_PASS / work), ROWS_A_NUMBER * size));
  return rows > most || (k - 1) * (d + 1) > LARGEST_BLOCK ? null : rows;
}

/** `count` of the rows; each then counts for those it stands for, so that gate ridge and pseudo-rows weigh as before. */
function evenlyTaken(rows: Rows, d: number, count: number): Rows {
  const { n } = rows;
  if (count === n) return rows;
  const taken = takenRows(
    rows,
    d,
    Uint32Array.from({ length: count }, (_, r) => Math.floor((r * n) / count)),
  );
  const weightOf = (r: number) => (taken.weights === null ? 1 : taken.weights[r]);
  return { ...taken, weights: taken.y.map((_, r) => (n / count) * weightOf(r)) };
}

/** Changes that are taken together: enough to level out, few enough to be the end. */
const LAST_CHANGES = 10;
const FEWEST_CHANGES = 5;
/** Below this a change of a number is rounding. */
const ROUNDING = 1e-9;

/**
 * What the last iterations of a stage kept of the step before them: the geometric mean of the ratios of successive parameter changes.
 * Null where there were too few, or where they were not coming to rest. A little below ρ as a rule: the faster directions have not
 * all died out.
 */
export function observedRate(
  trace: readonly Pick<TracePoint, 'stage' | 'parameterChange'>[],
  stage: string,
): number | null {
  const changes = trace
    .filter((point) => point.stage === stage)
    .flatMap(({ parameterChange }) => (parameterChange === null ? [] : [parameterChange]))
    .filter((change) => change > ROUNDING)
    .slice(-LAST_CHANGES);
  if (changes.length < FEWEST_CHANGES) return null;
  const rate = (changes[changes.length - 1] / changes[0]) ** (1 / (changes.length - 1));
  return rate < 1 ? rate : null;
}
