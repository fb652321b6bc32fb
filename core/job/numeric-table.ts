import { buildDesign } from '../data/design';
import { defaultFeatures } from '../data/roles';
import { openTable, type Table } from '../data/table';
import type { NumericTable } from '../experiments/experiment';
import { fail, ok, type Result } from '../result';
import type { Samples } from '../samples';

/**
 * The complete rows of a table as numbers in original units: the features that a fit would use where none are named, categories
 * one-hot, then the target. Backed by shared memory, so that threads read the same numbers.
 */
export async function numericTable(table: Table, target: string): Promise<Result<NumericTable>> {
  const { file, columns } = table.info;
  const design = await buildDesign(
    table,
    {
      target,
      features: defaultFeatures(columns, target),
      gateFeatures: null,
      types: {},
      preprocess: 'none',
      output: 'none',
      intercept: true,
      split: { kind: 'fraction', fraction: 0, seed: 0 },
    },
    'linear',
  );
  if (!design.ok) return design;
  const { d, train } = design.value;
  const values = new Float64Array(new SharedArrayBuffer(train.n * (d + 1) * Float64Array.BYTES_PER_ELEMENT));
  for (let row = 0; row < train.n; row++) {
    values.set(train.z.subarray(row * d, (row + 1) * d), row * (d + 1));
    values[row * (d + 1) + d] = train.actual[row];
  }
  return ok({ name: file.name.replace(/\.[^.]+$/, ''), n: train.n, d, values });
}

/** The real table that ships with the application and that experiments on real data always run. */
const SHIPPED = 'auto-mpg';

export async function shippedTable(samples: Samples, tempFolder: string): Promise<Result<NumericTable>> {
  const sample = samples.list.find(({ id }) => id === SHIPPED);
  const path = samples.path(SHIPPED);
  if (!sample || path === null)
    return fail('experiment/no-sample', 'The table Auto MPG is missing from the application: install it again.');
  const table = await openTable(path, `${SHIPPED}.csv`, {}, { tempFolder });
  if (!table.ok) return table;
  try {
    return await numericTable(table.value, sample.target);
  } finally {
    await table.value.close();
  }
}
