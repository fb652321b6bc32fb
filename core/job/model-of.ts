import type { MetricsReport } from '../evaluate/types';
import type { PredictingModel } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import type { Problem } from '../model/problem';
import { version } from '../version';
import type { PreparedFit } from './prepare';

/**
 * model.json of a fit: the numbers that predict, and all that says where they come from.
 *
 * @param problem  the one that was solved, with shared noise after a refit
 */
export function modelOf(
  { design, method, settings, spec, recipe, table, noise }: PreparedFit,
  problem: Problem,
  predicting: PredictingModel,
  termination: ModelFile['termination'],
  metrics: MetricsReport,
): ModelFile {
  const { restarts, polish, maxIterations, tolerance, options } = settings;
  const { kind } = problem.noise;
  return {
    format: 'moe-lab/model',
    version: 1,
    target: recipe.target,
    features: [...design.features],
    pipeline: [...design.pipeline],
    ...predicting,
    method: {
      id: method.id,
      options: { ...options, restarts, polish, maxIterations, tolerance, output: recipe.output },
    },
    seed: spec.seed,
    noise: kind === 'fixed' ? noise : kind,
    preprocess: recipe.preprocess,
    dialect: table.info.dialect,
    data: {
      file: table.info.file.name,
      sha256: table.info.file.sha256,
      rows: table.info.rows,
      used: design.flow.used,
      train: design.rows.train.n,
    },
    termination,
    metrics,
    createdWith: { version },
  };
}
