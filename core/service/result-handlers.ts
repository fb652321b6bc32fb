import type { Handlers } from '../client-connection';
import type { Table } from '../data/table';
import type { DesignRecipe } from '../data/types';
import { formatById, formats } from '../export';
import { unitsOf } from '../job';
import type { ModelFile } from '../model/model-file';
import { fail, ok, type Result } from '../result';
import { gateCurve } from './gate-curve';
import { createResultRows, type ResultRows } from './result-rows';
import type { Tables } from './tables';

export function resultHandlers(
  tables: Tables<Table>,
): Pick<Handlers, 'result/page' | 'result/gate-curve' | 'result/export'> {
  const cache = createResultRows();

  async function rowsOf(ask: { tableId: string; design: DesignRecipe; model: ModelFile }): Promise<Result<ResultRows>> {
    const table = tables.get(ask.tableId);
    return table.ok ? cache.rows(table.value, ask.design, ask.model) : table;
  }

  return {
    'result/page': async (ask) => {
      const rows = await rowsOf(ask);
      if (!rows.ok) return rows;
      const { predictions } = rows.value;
      const order = rows.value.order(ask.which, ask.sort);
      const page = [...order.subarray(ask.offset, ask.offset + ask.limit)];
      const { k } = predictions;
      return ok({
        total: order.length,
        rows: page.map((i) => ({
          row: predictions.rows[i],
          split: predictions.split[i] === 'test' ? ('test' as const) : ('train' as const),
          actual: predictions.actual[i],
          prediction: predictions.prediction[i],
          sd: predictions.sd[i],
          gates: [...predictions.gates.subarray(i * k, i * k + k)],
          means: [...predictions.means.subarray(i * k, i * k + k)],
        })),
      });
    },
    'result/gate-curve': async (ask) => {
      const rows = await rowsOf(ask);
      return rows.ok ? gateCurve(rows.value.design, ask.model, ask.column) : rows;
    },
    'result/export': async (ask) => {
      const format = formatById(ask.format);
      if (!format)
        return fail(
          'export/unknown-format',
          `There is no format "${ask.format}": the formats are ${formats.map(({ id }) => id).join(', ')}.`,
        );
      const table = tables.get(ask.tableId);
      if (!table.ok) return table;
      const rows = await rowsOf(ask);
      if (!rows.ok) return rows;
      const { predictions } = rows.value;
      const units = unitsOf({ table: table.value });
      return ok({ files: format.render({ model: ask.model, predictions, curves: ask.curves, units }) });
    },
  };
}
