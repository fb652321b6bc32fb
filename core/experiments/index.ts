import type { Experiment } from './experiment';
import { transforms } from './transforms';

/** The registry: one line an experiment. Order is the order of the list. */
export const experiments: readonly Experiment[] = [transforms];

export const experimentByName = (name: string): Experiment | undefined =>
  experiments.find((experiment) => experiment.name === name);
