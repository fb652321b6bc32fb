import { problemOf, type Design } from '../data/design';
import { noiseModel, resolveNoise, type Noise } from '../data/scale';
import type { Table } from '../data/table';
import type { DesignRecipe } from '../data/types';
import { methods } from '../fit';
import type { Method, Settings } from '../fit/method';
import { completeSettings, defaults, gateOption, gateRidgeOption, leakOption, pseudoRowsOption } from '../fit/settings';
import { activationNamed } from '../model/activations';
import { toFitCoordinates } from '../model/fitted';
import type { Problem } from '../model/problem';
import { UnreadableRows } from '../model/row-file';
import { isInMemory, weightOf } from '../model/row-windows';
import type { Check } from '../evaluate/types';
import { count } from '../evaluate/words';
import type { FitSpec } from '../protocol';
import { fail, ok, type Result } from '../result';
import { holdBack } from './hold-back';
import { modelSize } from './model-size';
import { outOfReach } from './out-of-reach';
import { checkedDesign, type CheckedDesign, type DesignSource } from './checked-design';

/** A fit that is ready to run: its data, its problem and its settings, all checked. */
export interface PreparedFit {
  readonly table: Table;
  readonly recipe: DesignRecipe;
  readonly spec: FitSpec;
  readonly design: Design;
  /** What the rows say about the assumptions of the methods. */
  readonly dataChecks: readonly Check[];
  readonly problem: Problem;
  readonly method: Method;
  readonly settings: Settings;
  /** As it will be estimated: what the spec says, or what the target allows where it says nothing. */
  readonly noise: Noise;
  readonly notes: readonly string[];
  /** See CheckedDesign: called once the fit has ended. */
  readonly remove?: () => void;
}

/**
 * Checks a fit against its data before anything runs.
 *
 * @param cancel  the run's shared flag: non-zero stops it
 * @param designOf  where the design comes from
 */
export async function prepareFit(
  table: Table,
  recipe: DesignRecipe,
  spec: FitSpec,
  cancel: Int32Array,
  designOf: DesignSource = checkedDesign,
): Promise<Result<PreparedFit>> {
  const method = methodOf(spec.method);
  if (!method.ok) return method;
  const settings = completeSettings(method.value, { ...spec, polish: spec.polish ?? defaults.polish });
  if (!settings.ok) return settings;
  const design = await designOf(table, recipe, method.value.activation ?? spec.activation);
  if (!design.ok) return design;
  const prepared = whileReadable(() =>
    assemble(table, recipe, spec, method.value, settings.value, design.value, cancel),
  );
  if (!prepared.ok) design.value.remove?.();
  return prepared;
}

/** Rows in files that are gone are a failure like others. */
function whileReadable<T>(work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnreadableRows) return fail('design/rows-file', error.message);
    throw error;
  }
}

/** The same for a design that is there already: several methods share one. */
export function assemble(
  table: Table,
  recipe: DesignRecipe,
  spec: FitSpec,
  method: Method,
  settings: Settings,
  { design, checks, remove }: CheckedDesign,
  cancel: Int32Array,
): Result<PreparedFit> {
  const { noise, note } = resolveNoise(spec.noise, design.ties);
  const k = method.experts ?? spec.experts;
  const activation = method.activation ?? spec.activation;
  const constantGate = settings.options[gateOption.name] === 'constant';
  const size = modelSize(design, k, typeof noise === 'number' ? 'fixed' : noise, constantGate);
  const initial = spec.initial === undefined ? ok(null) : toFitCoordinates(spec.initial, design, k, activation);
  if (!initial.ok) return initial;
  const held = holdBack(settings.options, weightOf(design.rows.train, design.d), size);
  const { options } = held;
  const problem = problemOf(design, {
    k,
    activation: activationNamed(activation, Number(options[leakOption.name] ?? leakOption.default)),
    noise: noiseModel(noise, design.output.scale),
    gateRidge: Number(options[gateRidgeOption.name] ?? gateRidgeOption.default),
    pseudoRows: Number(options[pseudoRowsOption.name] ?? pseudoRowsOption.default),
    constantGate,
    initial: initial.value,
    cancel,
  });
  const refusal = method.refusal(problem, settings);
  if (refusal) return { ok: false, error: refusal };
  const weighted = recipe.weights
    ? `Rows count by their weights in “${recipe.weights}”, in the fit and in every error and share.`
    : null;
  const notes = [note, held.note, outOfReach(problem), weighted, sampleNote(design)].filter(
    (sentence) => sentence !== null,
  );
  return ok({
    table,
    recipe,
    spec,
    design,
    dataChecks: checks,
    problem,
    method,
    settings: { ...settings, options },
    noise,
    notes,
    remove,
  });
}

/** Where the rows are in files, what was made of some of them. */
function sampleNote({ rows, train }: Design): string | null {
  if (isInMemory(rows.train)) return null;
  const fit = 'The rows are more than the memory that may be used, so they were read from files';
  return train.n === rows.train.n
    ? `${fit}.`
    : `${fit}: the fit and its errors are of all ${count(rows.train.n, 'training row')}, while charts, checks, predictions row by row and what is said of the experts are of ${count(train.n, 'row')} of them at even distances.`;
}

export function methodOf(id: string): Result<Method> {
  const method = methods.find((one) => one.id === id);
  const ids = methods.map((one) => one.id).join(', ');
  return method ? ok(method) : fail('fit/unknown-method', `There is no method “${id}”: the methods are ${ids}.`);
}
