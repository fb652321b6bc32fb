import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { ModelFile } from '../../core/model/model-file';
import type { ActivationId } from '../../core/model/spec';
import type { FitSpec, MethodInfo } from '../../core/protocol';
import type { ModelChoices } from '../../core/store/work';
import { useData } from './data';
import { useEngine } from './engine';
import { isMixture } from './method-options';
import type { OptionValue } from './method-options';

/** What is set once for every method of a run. Defaults are the command line's (core/fit/settings.ts; a test compares them). */
export const fitDefaults = {
  experts: 3,
  activation: 'linear' as ActivationId,
  restarts: 10,
  noise: null as FitSpec['noise'],
  polish: null as boolean | null,
  maxIterations: 1000,
  tolerance: 1e-7,
  timeLimit: null as number | null,
};

/** The recommendation where the engine has it, else the classic method. */
export function recommended(methods: readonly MethodInfo[]): string | null {
  const ids = methods.map(({ id }) => id);
  return ['best', 'joint-em', ...ids].find((id) => ids.includes(id)) ?? null;
}

/** What is ticked at first: the recommendation, with the straight line it is set against. */
export function preselected(methods: readonly MethodInfo[]): string[] {
  const first = recommended(methods);
  if (first === null) return [];
  return first === 'best' ? ['best', 'ols'].filter((id) => methods.some((method) => method.id === id)) : [first];
}

/** A finished run to start from. */
export interface StartingPoint {
  readonly runId: string;
  readonly model: ModelFile;
}

/** What is to be run: one or several methods with the same number of experts, seed and stop rules. */
export const useModel = defineStore('model', () => {
  const engine = useEngine();
  const data = useData();
  const settings = reactive({ ...fitDefaults });
  /** Off: each press of Run draws a new seed. */
  const seedLocked = ref(true);
  const chosen = shallowRef<readonly string[]>([]);
  /** Options set by hand, by method and name. */
  const options = reactive<Record<string, Record<string, OptionValue>>>({});
  /** What methods begin with whose starts are those of a fitted model. */
  const startingPoint = shallowRef<StartingPoint | null>(null);
  /** Fields whose text is not a valid value, with the sentence that says why. */
  const invalid = reactive(new Map<string, string>());

  watch(
    () => engine.methods,
    (methods) => {
      const known = chosen.value.filter((id) => methods.some((method) => method.id === id));
      chosen.value = known.length > 0 ? known : preselected(methods);
    },
    { immediate: true },
  );

  /** The chosen methods, in the engine's order. */
  const methods = computed(() => engine.methods.filter(({ id }) => chosen.value.includes(id)));

  function toggle(id: string, on = !chosen.value.includes(id)): void {
    chosen.value = on ? [...new Set([...chosen.value, id])] : chosen.value.filter((known) => known !== id);
  }
  const only = (id: string): void => void (chosen.value = [id]);

  const optionValue = (method: MethodInfo, name: string): OptionValue => {
    const option = method.options.find((entry) => entry.name === name);
    return options[method.id]?.[name] ?? option?.default ?? '';
  };
  function setOption(method: string, name: string, value: OptionValue): void {
    options[method] = { ...options[method], [name]: value };
  }

  const startsGiven = (method: MethodInfo): boolean => optionValue(method, 'start') === 'given';

  /** Only what differs from the method's own table is sent, so a recipe says what was chosen; a leak only where there is one. */
  function changedOptions(method: MethodInfo): Record<string, OptionValue> {
    const set = options[method.id] ?? {};
    return Object.fromEntries(
      method.options.flatMap(({ name, default: usual }) =>
        name in set && set[name] !== usual && (name !== 'leak' || settings.activation === 'leaky-relu')
          ? [[name, set[name]]]
          : [],
      ),
    );
  }

  const specOf = (method: MethodInfo): FitSpec => ({
    method: method.id,
    // One equation is what the method is.
    experts: isMixture(method) ? settings.experts : 1,
    activation: isMixture(method) ? settings.activation : 'linear',
    seed: data.seed,
    restarts: settings.restarts,
    noise: settings.noise,
    polish: settings.polish,
    maxIterations: settings.maxIterations,
    tolerance: settings.tolerance,
    timeLimit: settings.timeLimit,
    options: changedOptions(method),
    ...(startsGiven(method) && startingPoint.value ? { initial: predicting(startingPoint.value.model) } : {}),
  });

  function setInvalid(field: string, sentence: string | null): void {
    if (sentence) invalid.set(field, sentence);
    else invalid.delete(field);
  }

  /** What stands in the form, as a project keeps it. */
  const snapshot = (): ModelChoices => ({
    settings: { ...settings },
    seedLocked: seedLocked.value,
    methods: isPreselected() ? null : [...chosen.value],
    options: Object.entries(options).flatMap(([method, set]) =>
      Object.entries(set).map(([name, value]): [string, string, OptionValue] => [method, name, value]),
    ),
    startFrom: startingPoint.value?.runId ?? null,
  });
  const isPreselected = (): boolean => [...chosen.value].sort().join() === preselected(engine.methods).sort().join();

  /** @param modelOf  the model of a finished run */
  function restore(saved: ModelChoices, modelOf: (runId: string) => ModelFile | null): void {
    Object.assign(settings, saved.settings);
    seedLocked.value = saved.seedLocked;
    const known = engine.methods.length ? engine.methods.map(({ id }) => id) : saved.methods;
    const wanted = saved.methods?.filter((id) => known?.includes(id)) ?? [];
    chosen.value = wanted.length ? wanted : preselected(engine.methods);
    Object.keys(options).forEach((method) => delete options[method]);
    saved.options.forEach(([method, name, value]) => setOption(method, name, value));
    const model = saved.startFrom === null ? null : modelOf(saved.startFrom);
    startingPoint.value = model && saved.startFrom !== null ? { runId: saved.startFrom, model } : null;
    invalid.clear();
  }

  /** A seed a person can read out and type again. */
  function newSeed(): void {
    const [bits] = crypto.getRandomValues(new Uint32Array(1));
    data.seed = 1 + (bits % 9999);
  }

  return {
    settings,
    seedLocked,
    chosen,
    methods,
    startingPoint,
    invalid,
    toggle,
    only,
    optionValue,
    setOption,
    specOf,
    setInvalid,
    snapshot,
    restore,
    newSeed,
  };
});

/** The part of a model that a fit starts from. */
const predicting = ({ activation, leak, columns, experts, gates, output }: ModelFile): FitSpec['initial'] => ({
  activation,
  ...(leak === undefined ? {} : { leak }),
  columns,
  experts,
  gates,
  output,
});
