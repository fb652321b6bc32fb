import { basename } from 'node:path';
import { buildDesign, problemOf } from '../../core/data/design';
import { defaultFeatures } from '../../core/data/roles';
import { openTable, type Table } from '../../core/data/table';
import type { DesignRecipe, Split } from '../../core/data/types';
import { runStart, type StartResult } from '../../core/fit/run';
import { jointEm } from '../../core/fit/joint-em';
import { completeSettings } from '../../core/fit/settings';
import { linear } from '../../core/model/activations';
import type { Problem } from '../../core/model/problem';
import type { Parameters as Mixture } from '../../core/model/spec';

/** Ends this near to each other, in nats a row, are the same optimum. */
export const SAME = 1e-4;

export async function openReal(path: string, tempFolder: string): Promise<Table> {
  const table = await openTable(path, basename(path), {}, { tempFolder });
  if (!table.ok) throw new Error(table.error.message);
  return table.value;
}

/** The target the table proposes and every column that may speak for it, standardised. */
export function usualRecipe({ info }: Table, split: Split): DesignRecipe {
  const target = info.columns.find(({ suggestedRole }) => suggestedRole === 'target')!.name;
  return {
    target,
    features: defaultFeatures(info.columns, target),
    gateFeatures: null,
    types: {},
    preprocess: 'standardise',
    output: 'auto',
    intercept: true,
    split,
  };
}

/** Linear experts with a sigma each on 80 % of the rows, drawn by the seed. */
export async function problemOn(table: Table, k: number, seed: number): Promise<Problem> {
  const recipe = usualRecipe(table, { kind: 'fraction', fraction: 0.2, seed });
  const design = await buildDesign(table, recipe, 'linear');
  if (!design.ok) throw new Error(design.error.message);
  return problemOf(design.value, {
    k,
    activation: linear,
    noise: { kind: 'per-expert' },
    gateRidge: 0.01,
    pseudoRows: 0,
    constantGate: false,
    initial: null,
    cancel: new Int32Array(new SharedArrayBuffer(4)),
  });
}

/** Joint EM to its end from random starts. */
export const fromRandom = (problem: Problem, restarts: number, seed: number): StartResult[] =>
  everyStart(problem, { restarts }, seed);

/** Joint EM to its end from given parameters, in fit coordinates. */
export const fromGiven = (problem: Problem, initial: Mixture, seed: number): StartResult[] =>
  everyStart({ ...problem, initial }, { options: { start: 'given' } }, seed);

function everyStart(problem: Problem, given: Parameters<typeof completeSettings>[1], seed: number): StartResult[] {
  const settings = completeSettings(jointEm, given);
  if (!settings.ok) throw new Error(settings.error.message);
  const hooks = { now: () => 0, timeLimit: null, onEvent: () => undefined };
  return jointEm.starts(problem, settings.value).flatMap((start) => {
    const result = runStart(problem, jointEm, settings.value, start, seed, hooks);
    return result.ok ? [result.value] : [];
  });
}
