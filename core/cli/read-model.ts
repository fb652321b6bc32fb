import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { encodedColumns } from '../data/encode';
import { modelFile, type ModelFile } from '../model/model-file';
import { fail, ok, type Result } from '../result';

/**
 * A model.json as `fit --out` writes it.
 *
 * @param purpose  what wants it: the first part of the code of an error
 */
export async function readModel(path: string, purpose: 'predict' | 'initial'): Promise<Result<ModelFile>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return fail(`${purpose}/no-model`, `Cannot read the model ${path}; check its name.`);
  }
  const wayOut = 'name a file that fit --out has written';
  try {
    const checked = modelFile.safeParse(JSON.parse(text));
    const fault = checked.success ? faultOf(checked.data) : told(checked.error);
    return checked.success && fault === null
      ? ok(checked.data)
      : fail(`${purpose}/not-a-model`, `${path} is not a model of MoE Lab (${fault}); ${wayOut}.`);
  } catch {
    return fail(`${purpose}/not-a-model`, `${path} is not JSON, so not a model of MoE Lab; ${wayOut}.`);
  }
}

const told = ({ issues: [{ path, message }] }: z.ZodError) => `${path.join('.') || 'file'}: ${message}`;

/** What the shape of the file cannot show: numbers this version cannot predict with, or that belong to other columns. */
function faultOf({ features, columns }: ModelFile): string | null {
  const encoded = encodedColumns(features).map(({ name }) => name);
  const same = encoded.length === columns.length && columns.every(({ name }, j) => name === encoded[j]);
  return same ? null : 'columns: they are not those that its features encode to';
}
