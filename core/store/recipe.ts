import { z } from 'zod';
import { keptTable } from '../data/keep';
import { runRecipe, savedExperiment, savedWork } from './work';

/** recipe.json: how the table was read, what was decided about it, and which runs and experiments there are, in order. */
export const projectRecipe = z.object({
  table: keptTable,
  ...savedWork.pick({ data: true, model: true, selectedRun: true, shownResult: true }).shape,
  runs: z.array(runRecipe.shape.id),
  experiments: z.array(savedExperiment.shape.id),
});
export type ProjectRecipe = z.infer<typeof projectRecipe>;
