import { DEFAULT_LEAK } from '../model/activations';
import { fail, ok, type Result } from '../result';
import type { Method, Option, OptionValues, Settings } from './method';

/** The gate ridge of DESIGN 4; whoever builds the Problem takes its `gateRidge` from here. */
export const gateRidgeOption: Option = {
  name: 'gateRidge',
  label: 'Gate ridge',
  meaning:
    'Holds back the gate’s weights (per training set, on standardised inputs, intercepts free). Larger borders are softer; 0 lets a gate that separates the rows run away.',
  advanced: true,
  type: 'number',
  min: 0,
  max: 1e6,
  default: 0.01,
};

/** What holds experts near least squares; whoever builds the Problem takes its `pseudoRows` from here. */
export const pseudoRowsOption: Option = {
  name: 'pseudoRows',
  label: 'Pseudo-rows',
  meaning:
    'Tells every expert of so many rows more, spread as all training rows are, which holds its line and its noise near those of least squares; 0 leaves each expert to its own rows.',
  advanced: true,
  type: 'number',
  min: 0,
  max: 1e6,
  default: 0,
};

export const holdBackOption: Option = {
  name: 'holdBack',
  label: 'Hold back where rows are scarce',
  meaning:
    'With fewer than five training rows for each number to estimate, adds the pseudo-rows that are missing to five and raises the gate ridge with them; with more it changes nothing.',
  advanced: true,
  type: 'boolean',
  default: true,
};

/** What the gate looks at; whoever builds the Problem takes its gate columns from here. */
export const gateOption: Option = {
  name: 'gate',
  label: 'Gate',
  meaning:
    'A softmax of the features, or the same mixing proportions for every row: then the model is a mixture of regressions.',
  advanced: true,
  type: 'choice',
  choices: [
    { value: 'softmax', label: 'From the features' },
    { value: 'constant', label: 'Constant proportions' },
  ],
  default: 'softmax',
};

/** Whoever builds the Problem takes the slope of a leaky ReLU below 0 from here. */
export const leakOption: Option = {
  name: 'leak',
  label: 'Leak',
  meaning: 'Slope of the leaky ReLU below 0; other activations have none.',
  advanced: true,
  type: 'number',
  min: 0,
  max: 0.99,
  default: DEFAULT_LEAK,
};

/** The options of every method that fits a mixture: they say what the Problem is. */
export const mixtureOptions: readonly Option[] = [
  gateOption,
  leakOption,
  gateRidgeOption,
  pseudoRowsOption,
  holdBackOption,
];

/** What is used where a run does not say otherwise. */
export const defaults = { restarts: 10, polish: true, maxIterations: 1000, tolerance: 1e-7 } as const;

/** The settings of a run, complete: the method's own options checked against its table, defaults filled in. */
export function completeSettings(
  method: Method,
  given: Partial<Omit<Settings, 'options'>> & { options?: Readonly<Record<string, unknown>> },
): Result<Settings> {
  const { restarts, polish, maxIterations, tolerance } = { ...defaults, ...given };
  const whole = (value: number, least: number) => Number.isInteger(value) && value >= least;
  if (!whole(restarts, 1) || restarts > 1000)
    return fail('settings/restarts', `The number of starts must be a whole number from 1 to 1000, not ${restarts}.`);
  if (!whole(maxIterations, 1))
    return fail('settings/max-iterations', `The most iterations must be a whole number from 1, not ${maxIterations}.`);
  if (!(tolerance > 0 && tolerance < Infinity))
    return fail('settings/tolerance', `The tolerance must be a number above 0, not ${tolerance}.`);
  const options = completeOptions(method, given.options ?? {});
  return options.ok ? ok({ restarts, polish, maxIterations, tolerance, options: options.value }) : options;
}

/** Options of a method by its table: every one present and valid, or one sentence about the first that is not. */
export function completeOptions(method: Method, given: Readonly<Record<string, unknown>>): Result<OptionValues> {
  const values: Record<string, string | number | boolean> = {};
  for (const name of Object.keys(given)) {
    if (method.options.some((option) => option.name === name)) continue;
    const known = method.options.map((option) => option.name).join(', ');
    return fail(
      'settings/unknown-option',
      `${method.id} has no option ${name}: it has ${known === '' ? 'none' : known}.`,
    );
  }
  for (const option of method.options) {
    const value = Object.hasOwn(given, option.name) ? given[option.name] : undefined;
    const checked = checkOption(method.id, option, value === undefined ? option.default : value);
    if (!checked.ok) return checked;
    values[option.name] = checked.value;
  }
  return ok(values);
}

function checkOption(method: string, option: Option, value: unknown): Result<string | number | boolean> {
  const refuse = (expected: string) =>
    fail('settings/option', `Option ${option.name} of ${method} must be ${expected}, not ${String(value)}.`);
  switch (option.type) {
    case 'boolean':
      return typeof value === 'boolean' ? ok(value) : refuse('true or false');
    case 'number':
      return typeof value === 'number' && value >= option.min && value <= option.max
        ? ok(value)
        : refuse(`a number from ${option.min} to ${option.max}`);
    case 'choice':
      return typeof value === 'string' && option.choices.some((choice) => choice.value === value)
        ? ok(value)
        : refuse(`one of ${option.choices.map((choice) => choice.value).join(', ')}`);
  }
}
