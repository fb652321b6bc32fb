import type { ColumnInfo, DesignRecipe, Split } from '../data/types';
import { usualFeatures } from '../data/splits/guides';
import { methodById, methods } from '../fit';
import type { Method, OptionValues } from '../fit/method';
import { completeSettings } from '../fit/settings';
import { startOption } from '../fit/starting-points';
import { USUAL_SHARE } from '../job/split-flags';
import { predictingModel } from '../model/model-file';
import type { FitSpec } from '../protocol';
import { fail, ok, type AppError, type Result } from '../result';
import { parseList, resolveColumn, resolveColumns } from './columns';
import type { FitFlags } from './fit-flags';
import { parseOptions } from './option-values';
import { preparationOf } from './preparation-flags';
import { readModel } from './read-model';
import { splitOf, splitWords, type SplitWords } from './split-flag';
import { readTestRows } from './test-rows';

/** What the flags ask for, as far as it can be said without the table. */
export interface FitRequest {
  readonly spec: FitSpec;
  readonly flags: FitFlags;
  /** References to columns (names or #n), or null for the default. */
  readonly features: readonly string[] | null;
  readonly gateFeatures: readonly string[] | null;
  readonly testRows: readonly number[] | null;
  readonly split: SplitWords | null;
}

/** Checks the flags against each other and the method's option table, and reads the file of held-out rows. */
export async function fitRequest(flags: FitFlags): Promise<Result<FitRequest>> {
  const method = methodById(flags.method);
  if (method === undefined) return fail('usage/method', `There is no method ${flags.method}; see moe-lab methods.`);
  const parsed = parseOptions(method, flags.option);
  if (!parsed.ok) return parsed;
  const options = flags.initial === undefined ? parsed : fromInitial(method, parsed.value);
  if (!options.ok) return options;
  const settings = completeSettings(method, { options: options.value });
  if (!settings.ok) return usage(settings.error);
  const features = flags.features === undefined ? ok(null) : parseList(flags.features);
  if (!features.ok) return features;
  const gateFeatures = flags.gateFeatures === undefined ? ok(null) : parseList(flags.gateFeatures);
  if (!gateFeatures.ok) return gateFeatures;
  const testRows = flags.testRows === undefined ? ok(null) : await readTestRows(flags.testRows);
  if (!testRows.ok) return testRows;
  const split = splitWords(flags);
  if (!split.ok) return split;
  const initial = flags.initial === undefined ? ok(null) : await readModel(flags.initial, 'initial');
  if (!initial.ok) return initial;
  const spec: FitSpec = {
    method: flags.method,
    experts: flags.experts,
    activation: flags.activation,
    seed: flags.seed,
    restarts: flags.restarts,
    noise: flags.noise ?? null,
    polish: flags.polish ?? null,
    maxIterations: flags.maxIterations,
    tolerance: flags.tolerance,
    timeLimit: flags.timeLimit ?? null,
    options: options.value,
    ...(initial.value && { initial: predictingModel.parse(initial.value) }),
  };
  return ok({
    spec,
    flags,
    features: features.value,
    gateFeatures: gateFeatures.value,
    testRows: testRows.value,
    split: split.value,
  });
}

/** The options of a fit that starts from a model: where the method starts is no longer open. */
function fromInitial({ id, options }: Method, given: OptionValues): Result<OptionValues> {
  const start = options.find(({ name }) => name === startOption.name);
  if (start === undefined) {
    const able = methods.filter((one) => one.options.includes(startOption)).map((one) => one.id);
    return fail(
      'usage/initial',
      `${id} finds its own start, so it cannot begin with --initial; use one of ${able.join(', ')}.`,
    );
  }
  const asked = given[startOption.name] ?? 'given';
  return asked === 'given'
    ? ok({ ...given, [startOption.name]: 'given' })
    : fail(
        'usage/initial',
        `--initial is where the fit starts, so --option start=${asked} has no place: leave one out.`,
      );
}

const usage = (error: AppError): Result<never> => ({ ok: false, error: { ...error, code: 'usage/option' } });

/** The recipe of the data, with names in place of references. */
export function recipeOf(request: FitRequest, columns: readonly ColumnInfo[]): Result<DesignRecipe> {
  const { flags, spec, testRows } = request;
  const target = resolveColumn(flags.target, columns);
  if (!target.ok) return target;
  const split: Result<Split> =
    testRows === null
      ? splitOf(request.split, flags, flags.testFraction ?? USUAL_SHARE, spec.seed, columns)
      : ok({ kind: 'rows', test: [...testRows] });
  if (!split.ok) return split;
  const weights = flags.weights === undefined ? ok(null) : resolveColumn(flags.weights, columns);
  if (!weights.ok) return weights;
  const guides = { split: split.value, ...(weights.value !== null && { weights: weights.value }) };
  const features =
    request.features === null
      ? ok(usualFeatures(columns, { target: target.value, ...guides }))
      : resolveColumns(request.features, columns);
  if (!features.ok) return features;
  const gateFeatures = request.gateFeatures === null ? ok(null) : resolveColumns(request.gateFeatures, columns);
  if (!gateFeatures.ok) return gateFeatures;
  const prepared = preparationOf(flags, columns, [...features.value, ...(gateFeatures.value ?? [])]);
  if (!prepared.ok) return prepared;
  return ok({
    target: target.value,
    features: features.value,
    gateFeatures: gateFeatures.value,
    types: {},
    preprocess: flags.preprocess,
    output: flags.output,
    intercept: flags.intercept,
    ...prepared.value,
    ...guides,
  });
}
