import type { Handlers } from '../client-connection';
import type { Design } from '../data/design';
import type { Table } from '../data/table';
import type { DesignRecipe } from '../data/types';
import { formatById, formats } from '../export';
import { count } from '../evaluate/words';
import { unitsOf } from '../job';
import type { ModelFile } from '../model/model-file';
import { fail, ok, type Result } from '../result';
import type { Designs } from './designs';
import { gateCurve } from './gate-curve';
import type { ResultRowsCache } from './result-rows';
import type { Tables } from './tables';

interface Ask {
  readonly tableId: string;
  readonly design: DesignRecipe;
  readonly model: ModelFile;
}

export function resultHandlers(
  tables: Tables<Table>,
  designs: Designs,
  results: ResultRowsCache,
): Pick<Handlers, 'result/page' | 'result/gate-curve' | 'result/export' | 'result/close'> {
  /** The rows a model was fitted to, as its recipe makes them from the open table. */
  const withDesign = <R>(
    { tableId, design: recipe, model }: Ask,
    work: (design: Design, table: Table) => Promise<Result<R>>,
  ): Promise<Result<R>> =>
    tables.use(tableId, (table) =>
      designs.use(table, recipe, model.activation, async ({ design }) =>
        belongs(model, design, table) ? work(design, table) : otherFile(table),
      ),
    );

  return {
    'result/page': (ask) =>
      withDesign(ask, async (design) => {
        const rows = await results.rows(ask.tableId, design, ask.model);
        const { k, rows: row, split, actual, prediction, sd, gates, means } = rows.predictions;
        const order = await rows.order(ask.which, ask.sort);
        const page = [...order.subarray(ask.offset, ask.offset + ask.limit)];
        return ok({
          total: order.length,
          rows: page.map((i) => ({
            row: row[i],
            split: split[i] === 'test' ? ('test' as const) : ('train' as const),
            actual: actual[i],
            prediction: prediction[i],
            sd: sd[i],
            gates: [...gates.subarray(i * k, i * k + k)],
            means: [...means.subarray(i * k, i * k + k)],
          })),
        });
      }),
    'result/gate-curve': (ask) => withDesign(ask, (design) => gateCurve(design, ask.model, ask.column)),
    'result/close': async ({ model }) => {
      results.close(model);
      return ok({});
    },
    'result/export': async (ask) => {
      const format = formatById(ask.format);
      if (!format)
        return fail(
          'export/unknown-format',
          `There is no format “${ask.format}”: the formats are ${formats.map(({ id }) => id).join(', ')}.`,
        );
      return withDesign(ask, async (design, table) => {
        if (format.ofEveryRow && rowsAtHand(design) < rowsUsed(design)) return notAtHand(design);
        const { predictions } = await results.rows(ask.tableId, design, ask.model);
        const { model, curves } = ask;
        return ok({ files: await format.render({ model, predictions, curves, units: unitsOf({ table }) }) });
      });
    },
  };
}

/** Whether a model was fitted to these rows: the same bytes, read to the same columns. */
function belongs({ data, columns }: ModelFile, { encoded }: Design, { info }: Table): boolean {
  const same = columns.length === encoded.length && columns.every(({ name }, j) => name === encoded[j].name);
  return same && data.sha256 === info.file.sha256;
}

const rowsAtHand = ({ train, test }: Design): number => train.n + (test?.n ?? 0);
const rowsUsed = ({ rows: { train, test } }: Design): number => train.n + (test?.n ?? 0);

const notAtHand = (design: Design): Result<never> =>
  fail(
    'export/predictions-too-many',
    `The rows are more than may be held in memory, so they are in files and the predictions of ${count(rowsAtHand(design), 'row')} of ${rowsUsed(design).toLocaleString('en')} are at hand: to export those of every row, allow more memory, or predict the file with the exported model (moe-lab predict).`,
  );

const otherFile = ({ info }: Table) =>
  fail(
    'result/other-table',
    `This result was fitted to another state of “${info.file.name}”: open the file as it was then, or fit again.`,
  );
