import { buildDesign, type Design } from '../data/design';
import type { Table } from '../data/table';
import type { DesignRecipe } from '../data/types';
import { likeliest } from '../evaluate/part';
import { predictionTable, type PredictionTable } from '../evaluate/predictions';
import { predictModel } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import { ok, type Result } from '../result';

export type RowSort = { by: 'row' | 'actual' | 'prediction' | 'residual' | 'sd' | 'certainty'; descending: boolean };
export type Which = 'all' | 'train' | 'test';

/** The rows of one result: what its model says about every row its recipe uses. */
export interface ResultRows {
  readonly design: Design;
  readonly predictions: PredictionTable;
  /** Places in `predictions`, filtered and sorted. The last order asked for is kept, since pages follow one another. */
  order(which: Which, sort: RowSort | null): Uint32Array;
}

/** Computes the rows of results from their models, and keeps those last looked at. */
export interface ResultRowsCache {
  rows(table: Table, recipe: DesignRecipe, model: ModelFile): Promise<Result<ResultRows>>;
}

const KEPT = 3;

export function createResultRows(): ResultRowsCache {
  const cache = new Map<string, Promise<Result<ResultRows>>>();
  return {
    rows(table, recipe, model) {
      const key = JSON.stringify([table.info.tableId, recipe, model.experts, model.gates, model.output]);
      const known = cache.get(key);
      if (known) return known;
      const made = compute(table, recipe, model);
      cache.set(key, made);
      if (cache.size > KEPT) cache.delete(cache.keys().next().value!);
      return made;
    },
  };
}

async function compute(table: Table, recipe: DesignRecipe, model: ModelFile): Promise<Result<ResultRows>> {
  const built = await buildDesign(table, recipe, { experts: model.experts.length, activation: model.activation });
  if (!built.ok) return built;
  const design = built.value;
  const k = model.experts.length;
  const parts = [{ split: 'train' as const, part: design.train }];
  const both = design.test ? [...parts, { split: 'test' as const, part: design.test }] : parts;
  const predictions = predictionTable(
    both.map(({ split, part }) => ({ split, part, predicted: predictModel(model, part.z) })),
    k,
  );
  let last: { key: string; order: Uint32Array } | null = null;
  return ok({
    design,
    predictions,
    order(which, sort) {
      const key = JSON.stringify([which, sort]);
      if (last?.key !== key) last = { key, order: orderRows(predictions, which, sort) };
      return last.order;
    },
  });
}

function orderRows(table: PredictionTable, which: Which, sort: RowSort | null): Uint32Array {
  const { rows, split, actual, prediction, sd, gates, k } = table;
  const places = Uint32Array.from(rows, (_, i) => i).filter((i) => which === 'all' || split[i] === which);
  if (sort === null) return places;
  const value = {
    row: (i: number) => rows[i],
    actual: (i: number) => actual[i],
    prediction: (i: number) => prediction[i],
    residual: (i: number) => actual[i] - prediction[i],
    sd: (i: number) => sd[i],
    certainty: (i: number) => gates[i * k + likeliest(gates, k, i)],
  }[sort.by];
  const keys = Float64Array.from(rows, (_, i) => value(i));
  const sign = sort.descending ? -1 : 1;
  return places.sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
}
