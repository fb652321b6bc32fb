import type { Table } from '../../core/data/table';
import type { DesignRecipe } from '../../core/data/types';
import type { Method } from '../../core/fit/method';
import { defaults } from '../../core/fit/settings';
import { inlineRunner } from '../../core/fit/task';
import { prepareFit, runFit } from '../../core/job';
import type { ModelFile } from '../../core/model/model-file';
import type { FitSpec } from '../../core/protocol';
import { ok, type Result } from '../../core/result';
import { isFixed, plain, type Preparation } from './preparations';
import { changes, csv, rows, type Row } from './rows';

/** Opens a table from the text of a file. */
export type Open = (text: string) => Promise<Table>;

/** What came of changing the held-out rows of one preparation under one method. */
export interface Look {
  /** Changes of the held-out rows that were tried. */
  readonly tried: number;
  /** Numbers and choices of the model that were compared each time. */
  readonly compared: number;
  /** Changes that reached the model, and the places in it that differ. */
  readonly leaks: readonly { readonly change: string; readonly places: readonly string[] }[];
}

/** A few cheap iterations: what is learnt from a row shows in them as well as in many. */
const spec = (method: Method): FitSpec => ({
  ...defaults,
  method: method.id,
  experts: 2,
  activation: 'linear',
  seed: 4,
  restarts: 1,
  noise: null,
  polish: null,
  maxIterations: 6,
  timeLimit: null,
  options: method.options.some(({ name }) => name === 'steps') ? { steps: 30 } : {},
});

/** A look at one table after another: each is opened once. */
export function looker(open: Open) {
  const tables = new Map<string, Promise<Table>>();
  const tableOf = (table: readonly Row[]): Promise<Table> => {
    const text = csv(table);
    const known = tables.get(text) ?? open(text);
    tables.set(text, known);
    return known;
  };

  /** The model of a fit, or the sentence that refuses it; and the rows that are held out. */
  async function modelOf(
    table: readonly Row[],
    recipe: DesignRecipe,
    method: Method,
  ): Promise<Result<{ model: ModelFile; test: readonly number[] }>> {
    const prepared = await prepareFit(await tableOf(table), recipe, spec(method), new Int32Array(1));
    if (!prepared.ok) return prepared;
    const quiet = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };
    const clock = () => 0;
    const ended = await runFit(prepared.value, inlineRunner(clock), quiet, clock);
    if (!ended.ok) return ended;
    return ok({ model: ended.value.result.report.model, test: [...(prepared.value.design.test?.rows ?? [])] });
  }

  return {
    /** Null where the preparation is refused: a step that is not for such a column. */
    async look({ recipe: own }: Preparation, method: Method): Promise<Look | null> {
      const recipe = { ...plain, ...own };
      const table = rows();
      const before = await modelOf(table, recipe, method);
      if (!before.ok) {
        if (before.error.code === 'design/preparation') return null;
        throw new Error(before.error.message);
      }
      const held = new Set(
        recipe.split.kind === 'rows' ? recipe.split.test : heldOut(table, recipe, before.value.test),
      );
      const leaks: Look['leaks'][number][] = [];
      let [tried, compared] = [0, 0];
      for (const [name, change] of Object.entries(changes)) {
        if (name === 'missing' && !isFixed(recipe.split)) continue;
        const changed = table.map((row, i) => (held.has(i) ? change(row, i) : row));
        const after = await modelOf(changed, recipe, method);
        tried++;
        const model = leaves(learnt(before.value.model));
        compared += model.size;
        const places = differences(
          model,
          after.ok ? leaves(learnt(after.value.model)) : new Map([['refused', after.error.message]]),
        );
        if (places.length > 0) leaks.push({ change: name, places });
      }
      return { tried, compared, leaks };
    },
    /** How many numbers of the model differ when one training row is changed instead. */
    async notice({ recipe: own }: Preparation, method: Method): Promise<number> {
      const recipe = { ...plain, ...own };
      const table = rows();
      const changed = table.map((row, i) => (i === TRAINING_ROW ? changes['other values'](row, i) : row));
      const [one, other] = [await modelOf(table, recipe, method), await modelOf(changed, recipe, method)];
      if (!one.ok || !other.ok) return 0;
      return differences(leaves(learnt(one.value.model)), leaves(learnt(other.value.model))).length;
    },
  };
}

/** A record that no split of the plain recipe holds out. */
const TRAINING_ROW = 2;

/** Places where two models differ, bit for bit. */
const differences = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((place) => !Object.is(one.get(place), other.get(place)));

/** Rows of a split by their own column are held out even where they are incomplete. */
const heldOut = (table: readonly Row[], { split }: DesignRecipe, test: readonly number[]): readonly number[] =>
  split.kind === 'column' ? table.flatMap(({ set }, i) => (split.test.includes(set) ? [i] : [])) : test;

/** What a model has learnt: all of it but the file it is from, the time it took and what it was measured with. */
function learnt(model: ModelFile): unknown {
  const { code, stage, iterations } = model.termination;
  return { ...model, data: null, metrics: null, termination: { code, stage, iterations } };
}

/** Every number, text and truth value in it, by its place. */
function leaves(value: unknown, place = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[place, value]]);
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, `${place}/${key}`)]));
}
