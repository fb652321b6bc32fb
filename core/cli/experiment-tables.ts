import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Experiment, NumericTable } from '../experiments/experiment';
import { numericTable, shippedTable } from '../job';
import { fail, ok, type Result } from '../result';
import { loadSamples, type Samples } from '../samples';
import { privateTempFolder } from '../temp-folder';
import { resolveColumn } from './columns';
import { withTable } from './open-file';

/** The table that ships and those that are named, for an experiment on real data; none for the others. */
export async function tablesFor(
  { name, takesTables }: Pick<Experiment, 'name' | 'takesTables'>,
  files: readonly string[],
): Promise<Result<NumericTable[]>> {
  if (takesTables !== true)
    return files.length === 0
      ? ok([])
      : fail('usage/experiment-data', `${name} runs on simulated rows: leave out --data.`);
  const temp = privateTempFolder();
  try {
    const shipped = await shippedTable(samples(), temp.path);
    if (!shipped.ok) return shipped;
    const tables = [shipped.value];
    for (const file of files) {
      const table = await readTable(file);
      if (!table.ok) return table;
      tables.push(table.value);
    }
    return ok(tables);
  } finally {
    temp.remove();
  }
}

/** `file` or `file:column`; a colon in the name of a file that is there is part of the name. */
function readTable(argument: string): Promise<Result<NumericTable>> {
  const colon = existsSync(argument) ? -1 : argument.lastIndexOf(':');
  const [path, reference] = colon < 0 ? [argument, null] : [argument.slice(0, colon), argument.slice(colon + 1)];
  return withTable(path, {}, async (table) => {
    const { columns } = table.info;
    const target = resolveColumn(reference ?? `#${columns.length}`, columns);
    return target.ok ? numericTable(table, target.value) : target;
  });
}

/** The example tables lie beside the sources, and beside the folder of the built program and of its chunks. */
function samples(): Samples {
  const folders = ['../../resources/samples/', '../../../resources/samples/'];
  const paths = folders.map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
  return loadSamples(paths.find((path) => existsSync(path)) ?? paths[0]);
}
