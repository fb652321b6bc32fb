import type { Experiment } from './experiment';
import { gatedL4 } from './gated-l4';
import { gatedLlog } from './gated-llog';
import { gatedRobustness } from './gated-robustness';
import { gridlockTable1 } from './gridlock-table-1';
import { gridlockTable2 } from './gridlock-table-2';
import { gridlockFigure3 } from './gridlock-figure-3';
import { gridlockNonlinear } from './gridlock-nonlinear';
import { mirrorRate } from './mirror-rate';
import { realData } from './real-data';
import { sampleSize } from './sample-size';
import { scarceData } from './scarce-data';
import { transforms } from './transforms';
import type { ExperimentInfo } from './types';

/** The registry: one line an experiment. Order is the order of the list. */
export const experiments: readonly Experiment[] = [
  transforms,
  gridlockTable1,
  gridlockTable2,
  gridlockFigure3,
  gridlockNonlinear,
  gatedL4,
  gatedLlog,
  gatedRobustness,
  mirrorRate,
  scarceData,
  sampleSize,
  realData,
];

export const experimentByName = (name: string): Experiment | undefined =>
  experiments.find((experiment) => experiment.name === name);

/** Why there is none of that name, in one sentence. */
export const unknownExperiment = (name: string): string =>
  `There is no experiment “${name}”: the experiments are ${experiments.map((experiment) => experiment.name).join(', ')}.`;

/** What is said of an experiment before it runs. */
export const infoOf = ({ name, title, source, question, seeds, takesTables }: Experiment): ExperimentInfo => ({
  name,
  title,
  source,
  question,
  seeds,
  takesTables: takesTables === true,
});
