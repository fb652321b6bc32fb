import { readFile, stat } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import type { z } from 'zod';
import { openKept } from '../data/open-kept';
import { unreadable } from '../data/recognise';
import type { OpenOptions, Table } from '../data/table';
import { fail, ok, type Result } from '../result';
import { BadArchive, named } from './archive';
import { disagreement, fault } from './check-work';
import { fromJson } from './json';
import { limits, parts } from './manifest';
import { projectRecipe, type ProjectRecipe } from './recipe';
import { NewerProject, unpackProject, utf8 } from './unpack-project';
import { runOutcome, runRecipe, runTrace, savedExperiment, type SavedWork } from './work';

export interface OpenProject {
  readonly table: Table;
  readonly work: SavedWork;
}

const MB = 1024 * 1024;

/**
 * Opens a project file: every part checked against its sum, the work as it was saved, the table as its own file gave it.
 *
 * @param name  how the user knows the file
 */
export async function openProject(path: string, name: string, options: OpenOptions): Promise<Result<OpenProject>> {
  const { signal } = options;
  try {
    const { size } = await stat(path);
    if (size > limits.file)
      return fail(
        'project/too-large',
        `“${name}” has ${Math.ceil(size / MB).toLocaleString('en')} MB, more than a project file holds (${limits.file / MB} MB): it was not made by MoE Lab.`,
      );
    const found = await unpackProject(await readFile(path, { signal }));
    const { table: kept, work } = await workOf(found);
    const cells = found.get(parts.table);
    if (!cells) throw new BadArchive(`${named(parts.table)} is missing`);
    signal?.throwIfAborted();
    const table = await openKept(cells, kept, name, options);
    return table.ok ? ok({ table: table.value, work }) : table;
  } catch (cause) {
    if (signal?.aborted) return fail('data/cancelled', `Opening “${name}” was cancelled.`);
    if (cause instanceof NewerProject)
      return fail(
        'project/newer',
        `“${name}” was made with a newer version of MoE Lab (${cause.madeWith || 'unknown'}): open it with that version, or a later one.`,
      );
    if (cause instanceof Error && 'syscall' in cause) return unreadable(cause, name);
    const what = cause instanceof BadArchive ? cause.message : 'its parts cannot be read';
    return fail(
      'project/damaged',
      `“${name}” is damaged, so nothing of it was opened (${what}): use a copy of the file.`,
    );
  }
}

async function workOf(
  found: ReadonlyMap<string, Uint8Array>,
): Promise<{ table: ProjectRecipe['table']; work: SavedWork }> {
  const { table, runs: runIds, experiments: experimentIds, ...rest } = read(found, parts.recipe, projectRecipe);
  const runs: SavedWork['runs'] = [];
  for (const id of runIds) {
    const names = parts.run(id);
    runs.push({
      ...read(found, names.recipe, runRecipe),
      ...read(found, names.result, runOutcome),
      ...read(found, names.trace, runTrace),
    });
    await breathe();
  }
  const experiments = experimentIds.map((id) => read(found, parts.experiment(id), savedExperiment));
  const work = { ...rest, runs, experiments };
  const wrong = disagreement(work);
  if (wrong) throw new BadArchive(wrong);
  return { table, work };
}

function read<S extends z.ZodType>(found: ReadonlyMap<string, Uint8Array>, name: string, schema: S): z.infer<S> {
  const content = found.get(name);
  if (!content) throw new BadArchive(`${named(name)} is missing`);
  const value = fromJson(utf8(content));
  const wrong = fault(schema, value);
  if (wrong) throw new BadArchive(`${named(name)} does not hold what it should: ${wrong}`);
  return value as z.infer<S>;
}
