import type { Command } from 'commander';
import { applyPipeline, ignoredWords, type Applied } from '../data/apply';
import type { Table } from '../data/table';
import { dialect, type DialectChoice } from '../data/types';
import type { PredictionTable } from '../evaluate/predictions';
import { count, plainNumber } from '../evaluate/words';
import { predictionsText } from '../export/predictions';
import { predictModel } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import { ok, type Result } from '../result';
import { checkImported, dialectOf, withImportFlags, type ImportFlags } from './import-flags';
import type { Io } from './io';
import { withTable } from './open-file';
import { readModel } from './read-model';
import { checkOutputs, writeWhole } from './write-files';

/** `moe-lab predict`: a fitted model over the rows of another file. */
export function definePredict(program: Command): Command {
  return withImportFlags(
    program
      .command('predict')
      .description('predict the rows of a file with a fitted model')
      .argument('<model>', 'model.json, as fit --out writes it')
      .argument('<file>', 'a table with the columns the model needs, in any order'),
  ).requiredOption('--out <file>', 'the predictions, CSV');
}

export interface PredictFlags extends ImportFlags {
  readonly out: string;
}

export async function runPredict(
  modelPath: string,
  file: string,
  { out, ...flags }: PredictFlags,
  io: Io,
): Promise<Result<null>> {
  const choice = dialectOf(flags);
  if (!choice.ok) return choice;
  const places = await checkOutputs([out], [modelPath, file]);
  if (!places.ok) return places;
  const model = await readModel(modelPath, 'predict');
  if (!model.ok) return model;
  return withModelTable(model.value, file, choice.value, async (table) => {
    const applied = await applyPipeline(model.value, table);
    if (!applied.ok) return applied;
    const predictions = predictAll(model.value, applied.value, table.info.rows);
    const written = await writeWhole({ path: out, text: predictionsText(predictions) });
    if (!written.ok) return written;
    const ignored = ignoredWords(applied.value.ignored);
    for (const said of [...table.info.warnings, ...applied.value.warnings, ...(ignored ? [ignored] : [])])
      io.err(`${said}\n`);
    io.out(`${summary(applied.value, predictions)} Wrote ${out}.\n`);
    return ok(null);
  });
}

/**
 * Opens the file by what it shows itself. A category's mark for "no value" shows nothing of its meaning, so the model's own marks
 * are then read as missing too. What was chosen to mean it in one column means it in that column of the new file.
 */
function withModelTable(
  model: ModelFile,
  file: string,
  choice: DialectChoice,
  use: (table: Table) => Promise<Result<null>>,
): Promise<Result<null>> {
  const trained = dialect.safeParse(model.dialect);
  const marks =
    trained.success && model.features.some(({ kind }) => kind === 'categorical') ? trained.data.missing : [];
  const trainedIn = trained.success ? (trained.data.missingIn ?? {}) : {};
  return withTable(file, choice, async (table) => {
    const checked = checkImported(table.info);
    if (!checked.ok) return checked;
    const sheet = choice.sheet === undefined && trained.success ? otherSheet(table.info, trained.data.sheet) : null;
    if (sheet !== null) return withModelTable(model, file, { ...choice, sheet }, use);
    const { missing, missingIn = {} } = table.info.dialect;
    const names = new Set(table.info.columns.map(({ name }) => name));
    const ownTokens = Object.entries(trainedIn).filter(([name]) => names.has(name) && !Object.hasOwn(missingIn, name));
    const known = choice.missing !== undefined || marks.every((mark) => missing.includes(mark));
    if (known && ownTokens.length === 0) return use(table);
    const again: DialectChoice = {
      ...choice,
      ...(!known && { missing: [...new Set([...missing, ...marks])] }),
      ...(ownTokens.length > 0 && { missingIn: Object.fromEntries([...Object.entries(missingIn), ...ownTokens]) }),
    };
    return withTable(file, again, use);
  });
}

/** The sheet the model was fitted on, where the file has it, too, and another one was read. */
const otherSheet = ({ decisions }: Table['info'], fitted: string | undefined): string | null =>
  decisions.find(({ id }) => id === 'sheet')?.alternatives.find(({ value }) => value === fitted)?.value ?? null;

/** One row a record of the file; a record without a prediction has NaN. */
function predictAll(model: ModelFile, { rows, z, actual }: Applied, total: number): PredictionTable {
  const k = model.experts.length;
  const predicted = predictModel(model, z);
  const spread = (values: Float64Array, width: number) => {
    const all = new Float64Array(total * width).fill(Number.NaN);
    rows.forEach((row, i) => all.set(values.subarray(i * width, (i + 1) * width), row * width));
    return all;
  };
  return {
    k,
    rows: Float64Array.from({ length: total }, (_, row) => row),
    split: Array.from({ length: total }, () => 'new' as const),
    actual: actual ?? new Float64Array(total).fill(Number.NaN),
    prediction: spread(predicted.prediction, 1),
    sd: spread(predicted.sd, 1),
    gates: spread(predicted.gates, k),
    means: spread(predicted.means, k),
  };
}

/** How many rows, and the error where the file knows the truth. */
function summary({ rows, actual }: Applied, { prediction }: PredictionTable): string {
  const said = `Predicted ${count(rows.length, 'row')}.`;
  if (actual === null) return said;
  const known = Array.from(rows).filter((row) => !Number.isNaN(actual[row]));
  if (known.length === 0) return said;
  const squares = known.reduce((sum, row) => sum + (actual[row] - prediction[row]) ** 2, 0);
  return `${said} RMSE ${plainNumber(Math.sqrt(squares / known.length))} on the ${count(known.length, 'row')} with a target.`;
}
