import type { Design } from '../data/design';
import { likeliest } from '../evaluate/part';
import { predictionTableInSteps, type PredictedPart, type PredictionTable } from '../evaluate/predictions';
import { predictInSteps } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import { sorted } from '../sorted';
import { inTurns, type Steps } from '../turns';

export type RowSort = { by: 'row' | 'actual' | 'prediction' | 'residual' | 'sd' | 'certainty'; descending: boolean };
export type Which = 'all' | 'train' | 'test';

/** The rows of one result: what its model says about every row its recipe uses. */
export interface ResultRows {
  readonly predictions: PredictionTable;
  /** Places in `predictions`, filtered and sorted. The last order asked for is kept, since pages follow one another. */
  order(which: Which, sort: RowSort | null): Promise<Uint32Array>;
}

/** Computes the rows of results from their models, and keeps those last looked at. */
export interface ResultRowsCache {
  rows(tableId: string, design: Design, model: ModelFile): Promise<ResultRows>;
  /** Drops what is kept of a table. */
  forget(tableId: string): void;
  /** Drops what is kept of a model's rows. */
  close(model: ModelFile): void;
}

/** Results that are compared are looked at in turn: so many are kept, */
const KEPT = 3;
/** as long as they have no more rows together: those of 4 experts take 0.2 GB. */
const KEPT_ROWS = 2_000_000;

const rowsOf = ({ train, test }: Design): number => train.n + (test?.n ?? 0);
/** What a model's rows are computed from. */
const numbersOf = ({ columns, experts, gates, output }: ModelFile): string =>
  JSON.stringify([columns, experts, gates, output]);

/** @param most  rows that are kept of all results together; of the last one that is looked at they are kept in any case */
export function createResultRows(most = KEPT_ROWS): ResultRowsCache {
  /** The least recently asked for first. */
  const kept: { tableId: string; design: Design; numbers: string; rows: Promise<ResultRows> }[] = [];
  const rowsKept = () => kept.reduce((sum, { design }) => sum + rowsOf(design), 0);
  const drop = (which: (entry: (typeof kept)[number]) => boolean) => {
    const rest = kept.filter((entry) => !which(entry));
    kept.splice(0, kept.length, ...rest);
  };
  return {
    rows(tableId, design, model) {
      const numbers = numbersOf(model);
      const at = kept.findIndex((entry) => entry.design === design && entry.numbers === numbers);
      const [entry] =
        at < 0 ? [{ tableId, design, numbers, rows: inTurns(compute(design, model)) }] : kept.splice(at, 1);
      kept.push(entry);
      while (kept.length > 1 && (kept.length > KEPT || rowsKept() > most)) kept.shift();
      // What was thrown (no memory) may not happen again.
      return entry.rows.catch((error: unknown) => {
        if (kept.includes(entry)) kept.splice(kept.indexOf(entry), 1);
        throw error;
      });
    },
    forget: (tableId) => drop((entry) => entry.tableId === tableId),
    close(model) {
      const numbers = numbersOf(model);
      drop((entry) => entry.numbers === numbers);
    },
  };
}

function* compute(design: Design, model: ModelFile): Steps<ResultRows> {
  const k = model.experts.length;
  const parts = [{ split: 'train' as const, part: design.train }];
  const both = design.test ? [...parts, { split: 'test' as const, part: design.test }] : parts;
  const predicted: PredictedPart[] = [];
  for (const { split, part } of both) predicted.push({ split, part, predicted: yield* predictInSteps(model, part.z) });
  const predictions = yield* predictionTableInSteps(predicted, k);
  let last: { key: string; order: Promise<Uint32Array> } | null = null;
  return {
    predictions,
    order(which, sort) {
      const key = JSON.stringify([which, sort]);
      if (last?.key !== key) last = { key, order: inTurns(orderRows(predictions, which, sort)) };
      return last.order;
    },
  };
}

function* orderRows(table: PredictionTable, which: Which, sort: RowSort | null): Steps<Uint32Array> {
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
  yield;
  const keys = Float64Array.from(rows, (_, i) => value(i));
  yield;
  const sign = sort.descending ? -1 : 1;
  return yield* sorted(places, (a, b) => sign * (keys[a] - keys[b]) || a - b);
}
