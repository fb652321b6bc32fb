import type { ExperimentFigure, ExperimentReport, ExperimentRow } from './types';

/** How much of an experiment to run: all of it, or what finishes within a minute. */
export interface Effort {
  readonly seeds: number;
  readonly quick: boolean;
}

/** A numeric table for experiments on real data: the target is the last column, categories are encoded already. */
export interface NumericTable {
  readonly name: string;
  readonly n: number;
  /** Features. */
  readonly d: number;
  /** n × (d + 1), row-major, the target last. */
  readonly values: Float64Array;
}

/** One independent piece of work. Plain data: any thread runs it, in any order, and the same task has the same digits. */
export interface ExperimentTask {
  readonly setting: string;
  readonly seed: number;
}

/** One number measured in one task. */
export interface Observation {
  readonly setting: string;
  readonly method: string;
  readonly metric: string;
  readonly value: number;
}

/** One line of a figure from one task; lines of a series share their grid x. */
export interface Line {
  readonly figure: string;
  readonly series: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface Measured {
  readonly observations: readonly Observation[];
  readonly lines: readonly Line[];
}

/** What is said or asked of a row of the table. */
export interface Claim {
  readonly setting: string;
  readonly method: string;
  readonly metric: string;
  /** The papers' figure in their words. */
  readonly published?: string;
  /** What a correct implementation reaches (ALGORITHMS 12 of the project's design, medians unless said). */
  readonly threshold?: {
    readonly statistic: 'median' | 'mean' | 'min' | 'max' | 'q25' | 'q75';
    readonly operator: '>=' | '<=';
    readonly value: number;
  };
  /** Whether the published figure or claim is borne out, judged on the row. */
  readonly judge?: (row: ExperimentRow) => 'reproduced' | 'exceeded' | 'not reproduced';
}

/** One table or figure of the papers, or one question of ours, as a program: one file and one registry line. */
export interface Experiment {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** What it asks, in plain words. */
  readonly question: string;
  /** Seeds of a full run where nothing is said. */
  readonly seeds: number;
  readonly takesTables?: boolean;
  readonly claims: readonly Claim[];
  /** Titles and axes of the figures whose lines `run` returns. */
  readonly figures: readonly Omit<ExperimentFigure, 'series'>[];
  tasks(effort: Effort, tables: readonly NumericTable[]): readonly ExperimentTask[];
  run(task: ExperimentTask, effort: Effort, tables: readonly NumericTable[], cancel: Int32Array): Measured;
  /** What it shows, judged from its rows: what reproduces, what does not, what is better. */
  findings(report: ExperimentReport): string[];
}
