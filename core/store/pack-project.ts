import { readFile, rm, stat } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import type { z } from 'zod';
import type { Table } from '../data/table';
import { fail, ok, type Result } from '../result';
import { version as ownVersion } from '../version';
import { pack, type Part } from './archive';
import { disagreement, fault } from './check-work';
import { toJson } from './json';
import { FORMAT, limits, MANIFEST, parts, VERSION, type Manifest } from './manifest';
import type { ProjectRecipe } from './recipe';
import { report } from './report';
import { sha256 } from './sha256';
import { runOutcome, runRecipe, runTrace, savedExperiment, savedRun, savedWork, type SavedWork } from './work';

/** The bytes of a project file with this table and this work. Others have their turn between its parts. */
export async function packProject(table: Table, work: SavedWork): Promise<Result<Uint8Array>> {
  const wrong = await faultOf(work);
  if (wrong) return fail('project/bad-work', `The project cannot be saved, for a reason of our own making: ${wrong}.`);
  const { table: kept, parquet } = await table.keep();
  try {
    const { size } = await stat(parquet);
    if (size > limits.file) return tooLarge(size);
    const { data, model, runs, selectedRun, shownResult, experiments } = work;
    const recipe: ProjectRecipe = {
      table: kept,
      data,
      model,
      runs: runs.map(({ id }) => id),
      selectedRun,
      shownResult,
      experiments: experiments.map(({ id }) => id),
    };
    const texts: Part[] = [textPart(parts.recipe, toJson(recipe))];
    for (const run of runs) {
      const names = parts.run(run.id);
      texts.push(
        textPart(names.recipe, toJson(fieldsOf(runRecipe, run))),
        textPart(names.result, toJson(fieldsOf(runOutcome, run))),
        textPart(names.trace, toJson(fieldsOf(runTrace, run))),
      );
      await breathe();
    }
    for (const experiment of experiments) texts.push(textPart(parts.experiment(experiment.id), toJson(experiment)));
    texts.push(textPart(parts.report, report(table.info, work, ownVersion)));

    const largest = Math.max(...texts.map(({ content }) => content.length));
    const bytes = texts.reduce((sum, { content }) => sum + content.length, size);
    if (largest > limits.text || bytes - size > limits.allText || texts.length + 2 > limits.parts)
      return tooLarge(bytes);
    const all = [{ name: parts.table, content: await readFile(parquet), stored: true }, ...texts];
    const packed = await pack([await manifestOf(all), ...all]);
    return packed.length > limits.file ? tooLarge(packed.length) : ok(packed);
  } finally {
    await rm(parquet, { force: true });
  }
}

async function faultOf(work: SavedWork): Promise<string | null> {
  const { runs, experiments, ...rest } = work;
  if (!Array.isArray(runs) || !Array.isArray(experiments)) return 'there is no list of runs';
  const found = fault(savedWork.omit({ runs: true, experiments: true }), rest);
  if (found) return found;
  for (const [schema, list] of [
    [savedRun, runs],
    [savedExperiment, experiments],
  ] as const)
    for (const one of list) {
      const wrong = fault(schema, one);
      if (wrong) return wrong;
      await breathe();
    }
  return disagreement(work);
}

const MB = 1024 * 1024;

const tooLarge = (bytes: number): Result<never> =>
  fail(
    'project/too-large',
    `The project has ${Math.ceil(bytes / MB).toLocaleString('en')} MB, more than a project file holds (${limits.file / MB} MB): keep the table as a file of its own, and export the runs.`,
  );

/** The fields of a value that a schema describes. */
const fieldsOf = ({ shape }: z.ZodObject, value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([key]) => Object.hasOwn(shape, key)));

const textPart = (name: string, content: string): Part => ({
  name,
  content: new TextEncoder().encode(content),
  stored: false,
});

async function manifestOf(content: readonly Part[]): Promise<Part> {
  const infos: Manifest['parts'] = [];
  for (const { name, content: bytes } of content)
    infos.push({ name, bytes: bytes.length, sha256: await sha256(bytes) });
  const made: Manifest = { format: FORMAT, version: VERSION, createdWith: { version: ownVersion }, parts: infos };
  return { name: MANIFEST, content: new TextEncoder().encode(JSON.stringify(made)), stored: true };
}
