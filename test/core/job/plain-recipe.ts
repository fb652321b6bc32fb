import type { DesignRecipe } from '../../../core/data/types';

/** The recipe of a table as it comes, a fifth held out. */
export const plainRecipe = (target: string, features: string[]): DesignRecipe => ({
  target,
  features,
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 3 },
});
