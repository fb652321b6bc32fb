import type { ActivationId } from '../../../core/model/spec';
import type { Run } from '../../stores/run';
import { isFinished } from '../../stores/run';

export type FittedRun = Run & { readonly result: NonNullable<Run['result']> };

/** What a model to start from must agree with. */
export interface StartingShape {
  readonly experts: number;
  readonly activation: ActivationId;
  /** Names of the encoded features in order; null while they are not known. */
  readonly columns: readonly string[] | null;
}

/** Finished runs whose model a fit of this shape can start from, the newest first. */
export function startingModels(runs: readonly Run[], shape: StartingShape): FittedRun[] {
  return runs
    .filter(isFinished)
    .filter(({ result }) => {
      const { columns, experts, activation } = result.report.model;
      const names = columns.map(({ name }) => name);
      return (
        experts.length === shape.experts &&
        activation === shape.activation &&
        (shape.columns === null || JSON.stringify(names) === JSON.stringify(shape.columns))
      );
    })
    .reverse();
}
