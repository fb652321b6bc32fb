import type { Design } from '../data/design';
import { likeliest } from '../evaluate/part';
import { predictionTable, type PredictionTable } from '../evaluate/predictions';
import { predictModel } from '../model/fitted';
import type { ModelFile } from '../model/model-file';

export type RowSort = { by: 'row' | 'actual' | 'prediction' | 'residual' | 'sd' | 'certainty'; descending: boolean };
export type Which = 'all' | 'train' | 'test';

/** The rows of one result: what its model says about every row its recipe uses. */
export interface ResultRows {
  readonly predictions: PredictionTable;
  /** Places in `predictions`, filtered and sorted. The last order asked for is kept, since pages follow one another. */
  order(which: Which, sort: RowSort | null): Uint32Array;
}

/** Computes the rows of results from their models, and keeps those last looked at. */
export interface ResultRowsCache {
  rows(tableId: string, design: Design, model: ModelFile): ResultRows;
  /** Drops what is kept of a table. */
  forget(tableId: string): void;
}

const KEPT = 3;

export function createResultRows(): ResultRowsCache {
  /** The least recently asked for first. */
  const kept: { tableId: string; design: Design; numbers: string; rows: ResultRows }[] = [];
  return {
    rows(tableId, design, model) {
      const numbers = JSON.stringify([model.columns, model.experts, model.gates, model.output]);
      const at = kept.findIndex((entry) => entry.design === design && entry.numbers === numbers);
      const [entry] = at < 0 ? [{ tableId, design, numbers, rows: compute(design, model) }] : kept.splice(at, 1);
      kept.push(entry);
      if (kept.length > KEPT) kept.shift();
      return entry.rows;
    },
    forget(tableId) {
      const rest = kept.filter((entry) => entry.tableId !== tableId);
      kept.splice(0, kept.length, ...rest);
    },
  };
}

function compute(design: Design, model: ModelFile): ResultRows {
  const k = model.experts.length;
  const parts = [{ split: 'train' as const, part: design.train }];
  const both = design.test ? [...parts, { split: 'test' as const, part: design.test }] : parts;
  const predictions = predictionTable(
    both.map(({ split, part }) => ({ split, part, predicted: predictModel(model, part.z) })),
    k,
  );
  let last: { key: string; order: Uint32Array } | null = null;
  return {
    predictions,
    order(which, sort) {
      const key = JSON.stringify([which, sort]);
      if (last?.key !== key) last = { key, order: orderRows(predictions, which, sort) };
      return last.order;
    },
  };
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
