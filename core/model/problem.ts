import type { Team } from '../kernels/shared-pass';
import type { RowFacts, RowFile } from './row-file';
import type { Activation, NoiseModel, Parameters } from './spec';

/**
 * n rows of encoded features and targets in fit coordinates. Shared between workers; nobody writes to them. Whoever passes over them
 * need not know where they are (kernels/pass, model/row-windows); whoever wants them all at once must say what it does without.
 */
export type Rows = MemoryRows | FileRows;

/** Rows that are read from a file, some at a time: more than there is memory for. */
export interface FileRows {
  readonly n: number;
  readonly file: RowFile;
  /** What was learnt when they were written; null where a pass must find it. */
  readonly facts: RowFacts | null;
  /** As of rows in memory. */
  readonly team?: Team;
}

/** Rows that are there. */
export interface MemoryRows {
  readonly n: number;
  /** n × d, row-major. */
  readonly x: Float64Array;
  /** n. */
  readonly y: Float64Array;
  /** n, or null for all ones. A row of weight 2 counts as the row twice, of weight 0 as absent. */
  readonly weights: Float64Array | null;
  /** Who helps with passes over these rows: a thing of the thread that runs the fit, never sent to another. */
  readonly team?: Team;
}

/** Everything a method may know: training rows, the held-out rows it may only be measured on, and what to estimate. */
export interface Problem {
  readonly d: number;
  readonly train: Rows;
  readonly test: Rows | null;
  readonly k: number;
  readonly activation: Activation;
  readonly noise: NoiseModel;
  /** False: expert and gate intercepts are 0 in original units (inputs are then scaled but not centred). */
  readonly intercept: boolean;
  /** d flags: 1 where the experts (the gate) may use the column. Other weights stay 0. A gate of no columns is constant: mixing proportions. */
  readonly expertColumns: Uint8Array;
  readonly gateColumns: Uint8Array;
  /**
   * d: the training standard deviation of each column in fit coordinates (1 when inputs are standardised). The gate ridge is
   * taken on w_j * gateScale_j, so the objective does not depend on how the inputs were scaled.
   */
  readonly gateScale: Float64Array;
  /** Weight of the gate ridge λ in the objective Σ log-likelihood − (λ/2) Σ_i |w_i − mean(w)|². */
  readonly gateRidge: number;
  /**
   * λ: pseudo-rows an expert. Each expert is also told of λ rows spread as all training rows are: see model/pseudo-rows. They hold
   * an expert that has few rows of its own near the line through all of them.
   */
  readonly pseudoRows: number;
  /** Parameters the user gave to start from, in fit coordinates; null where there are none. */
  readonly initial: Parameters | null;
  /** Smallest sigma allowed: 1e-3 sd(y) of the training rows, in fit coordinates. */
  readonly sigmaFloor: number;
  /** y in original units = offset + scale * y in fit coordinates. */
  readonly output: { readonly offset: number; readonly scale: number };
  /**
   * Where y is a transform t of the target, the weighted sum of log |dt/dy| over the training rows: what their log-likelihood gains in
   * the target's units. Absent where y is the target itself.
   */
  readonly logSlopes?: number;
  /** Shared flag: non-zero asks every pass over the rows to stop at once. */
  readonly cancel: Int32Array;
}

/** A problem whose rows are all there. */
export type ProblemInMemory = Problem & { readonly train: MemoryRows; readonly test: MemoryRows | null };
