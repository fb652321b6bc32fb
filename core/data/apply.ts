import type { ModelFile } from '../model/model-file';
import { fail, ok, type Result } from '../result';
import { completeRows, encodeRows, readValues, unseenWarnings } from './encode';
import { nearestName } from './names';
import type { Table } from './table';

/** A table seen through a model's pipeline. */
export interface Applied {
  /** Record numbers of the rows that can be predicted, ascending. */
  readonly rows: Uint32Array;
  /** rows.length × d, original units, row-major. */
  readonly z: Float64Array;
  /** One target a record of the table, NaN where missing; null when the table has no such column. */
  readonly actual: Float64Array | null;
  /** Records without a prediction because a feature has no value. */
  readonly incomplete: number;
  readonly warnings: readonly string[];
}

/**
 * Encodes a table as a model wants it, by the names of its columns: their order does not matter, others are ignored. A level
 * that training did not see counts as the reference; a row with a missing value gets no prediction.
 */
export async function applyPipeline(
  model: Pick<ModelFile, 'features' | 'target'>,
  table: Table,
): Promise<Result<Applied>> {
  const { info } = table;
  const names = info.columns.map(({ name }) => name);
  const absent = model.features.find(({ column }) => !names.includes(column));
  if (absent) {
    const near = nearestName(absent.column, names);
    return fail(
      'predict/missing-column',
      `"${info.file.name}" has no column "${absent.column}", which the model needs${near ? ` (is it "${near}"?)` : ''}: add it or give it that name.`,
      { column: absent.column, nearest: near },
    );
  }
  const values = await readValues(table, model.features);
  const { rows } = await completeRows(values, info.rows);
  const { z, unseen } = await encodeRows(model.features, values, rows);
  const incomplete = info.rows - rows.length;
  const warnings = unseenWarnings(unseen);
  if (incomplete > 0)
    warnings.push(
      `${incomplete.toLocaleString('en')} of ${info.rows.toLocaleString('en')} rows have no value in a column the model needs and get no prediction.`,
    );
  return ok({
    rows,
    z,
    actual: names.includes(model.target) ? await table.numbers(model.target) : null,
    incomplete,
    warnings,
  });
}
