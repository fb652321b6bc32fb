import { expect, test } from 'vitest';
import { methods } from '../../../core/fit';
import { defaults } from '../../../core/fit/settings';
import { methodInfo } from '../../../core/service/engine-handlers';
import { fitSpec } from '../../../core/protocol';
import { useData } from '../../../renderer/stores/data';
import { useEngine } from '../../../renderer/stores/engine';
import { fitDefaults, preselected, recommended, useModel } from '../../../renderer/stores/model';
import { usePreparation } from '../../../renderer/stores/preparation';
import { fitView } from '../charts/fixture';
import { scripted, table } from '../runs/harness';

const infos = methods.map(methodInfo);

test('the form begins with the defaults of the command line', () => {
  expect(fitDefaults).toMatchObject({
    restarts: defaults.restarts,
    maxIterations: defaults.maxIterations,
    tolerance: defaults.tolerance,
  });
});

test('one method is chosen from the start: the recommendation where the engine has it', () => {
  const [first] = infos;
  expect(
    recommended([
      { ...first, id: 'ols' },
      { ...first, id: 'joint-em' },
      { ...first, id: 'best' },
    ]),
  ).toBe('best');
  expect(
    recommended([
      { ...first, id: 'ols' },
      { ...first, id: 'joint-em' },
    ]),
  ).toBe('joint-em');
  expect(recommended([])).toBeNull();
  scripted();
  useEngine().methods = infos;
  expect(useModel().chosen).toEqual(preselected(infos));
});

test('the recommendation is ticked beside the straight line it is compared with, another method alone', () => {
  const [first] = infos;
  const named = (...ids: string[]) => ids.map((id) => ({ ...first, id }));
  expect(preselected(named('ols', 'joint-em', 'best'))).toEqual(['best', 'ols']);
  expect(preselected(named('ols', 'joint-em'))).toEqual(['joint-em']);
  expect(preselected([])).toEqual([]);
});

test('the activation is that of every mixture and not of the straight line; a leak is sent only where there is one', () => {
  scripted();
  useEngine().methods = infos;
  const model = useModel();
  const joint = infos.find(({ id }) => id === 'joint-em')!;
  model.settings.activation = 'tanh';
  model.setOption('joint-em', 'leak', 0.3);
  expect(model.specOf(joint)).toMatchObject({ activation: 'tanh', options: {} });
  expect(model.specOf(infos.find(({ id }) => id === 'ols')!).activation).toBe('linear');
  model.settings.activation = 'leaky-relu';
  expect(model.specOf(joint)).toMatchObject({ activation: 'leaky-relu', options: { leak: 0.3 } });
});

test('a fitted model is sent only by a method that is asked to start from it, as what predicts and nothing more', () => {
  scripted();
  const joint = {
    ...infos.find(({ id }) => id === 'joint-em')!,
    options: [
      {
        name: 'start',
        label: 'Start',
        meaning: '',
        type: 'choice' as const,
        choices: [
          { value: 'random', label: 'Random' },
          { value: 'given', label: 'A fitted model' },
        ],
        default: 'random',
      },
    ],
  };
  useEngine().methods = [joint];
  const model = useModel();
  model.startingPoint = { runId: 'a', model: fitView({ test: 1, low: 1, high: 1, line: 1 }).result.report.model };
  expect(model.specOf(joint).initial).toBeUndefined();
  model.setOption('joint-em', 'start', 'given');
  const spec = model.specOf(joint);
  expect(fitSpec.safeParse(spec).success).toBe(true);
  expect(Object.keys(spec.initial!).sort()).toEqual(['activation', 'columns', 'experts', 'gates', 'output']);
});

test('every method’s settings are what the core accepts, and only options that were changed are sent', () => {
  scripted();
  useEngine().methods = infos;
  const model = useModel();
  for (const method of infos) {
    const spec = model.specOf(method);
    expect(fitSpec.safeParse(spec).success).toBe(true);
    expect(spec.options).toEqual({});
    for (const option of method.options) model.setOption(method.id, option.name, option.default);
    expect(model.specOf(method).options).toEqual({});
  }
  const withOption = infos.find(({ options }) => options.some(({ type }) => type === 'number'))!;
  const option = withOption.options.find(({ name, type }) => type === 'number' && name !== 'leak')!;
  model.setOption(withOption.id, option.name, (option.max ?? 1) / 2);
  expect(model.specOf(withOption).options).toEqual({ [option.name]: (option.max ?? 1) / 2 });
});

test('least squares is one expert however many the mixtures have', () => {
  scripted();
  useEngine().methods = infos;
  const model = useModel();
  model.settings.experts = 5;
  expect(model.specOf(infos.find(({ id }) => id === 'ols')!).experts).toBe(1);
  expect(model.specOf(infos.find(({ id }) => id === 'joint-em')!).experts).toBe(5);
});

test('methods are listed in the order of the rows, however they were ticked', () => {
  scripted();
  useEngine().methods = infos;
  const model = useModel();
  for (const { id } of [...infos].reverse()) model.toggle(id, true);
  expect(model.methods.map(({ id }) => id)).toEqual(infos.map(({ id }) => id));
  model.only('ols');
  expect(model.chosen).toEqual(['ols']);
});

test('a new seed is another small positive whole number', () => {
  scripted();
  const model = useModel();
  const data = useData();
  const seeds = new Set(
    Array.from({ length: 20 }, () => {
      model.newSeed();
      return data.seed;
    }),
  );
  expect(seeds.size).toBeGreaterThan(10);
  for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 1 && seed <= 9999).toBe(true);
});

test('the core is asked once changes pause, about mixtures even where least squares is chosen alone', async () => {
  const flow = { read: 100, used: 100, train: 80, test: 20 };
  const { asked } = scripted({
    'data/open': () => ({ ok: true, value: table }),
    'design/prepare': () => ({ ok: true, value: { flow, checks: [], parameters: 20, methods: [] } }),
  });
  useEngine().methods = infos;
  const [data, model, preparation] = [useData(), useModel(), usePreparation()];
  const specs = (): unknown[] =>
    asked.filter(({ method }) => method === 'design/prepare').map(({ params }) => params.fit);
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 220));
  await data.openGrant({ id: 'g', name: 'a.csv', bytes: 1 });
  await pause();
  expect(preparation.flow).toMatchObject(flow);
  const before = specs().length;
  model.only('ols');
  await Promise.resolve();
  model.settings.experts = 4;
  await Promise.resolve();
  model.settings.experts = 5;
  await pause();
  expect(specs().slice(before)).toEqual([expect.objectContaining({ method: 'ols', experts: 5 })]);
});

test('an answer about a recipe that is no longer asked for is not shown, and an error leaves no figures standing', async () => {
  const answers: string[] = [];
  scripted({
    'data/open': () => ({ ok: true, value: table }),
    'design/prepare': (params) => {
      const { target } = params.design as { target: string };
      answers.push(target);
      return target === 'Water'
        ? { ok: false, error: { code: 'design/constant-target', message: 'Water is constant.' } }
        : { ok: true, value: { flow: { used: 100 }, checks: [], parameters: 1, methods: [] } };
    },
  });
  useEngine().methods = infos;
  const [data, preparation] = [useData(), usePreparation()];
  await data.openGrant({ id: 'g', name: 'a.csv', bytes: 1 });
  await new Promise((resolve) => setTimeout(resolve, 220));
  expect(preparation.flow).toMatchObject({ used: 100 });
  data.setRole(['Water'], 'target');
  await new Promise((resolve) => setTimeout(resolve, 220));
  expect(answers).toEqual(['Strength (MPa)', 'Water']);
  expect(preparation.error?.message).toBe('Water is constant.');
  expect(preparation.flow).toBeNull();
});
