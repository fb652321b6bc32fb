import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020';
import { afterAll, describe, expect, test } from 'vitest';
import { modelSchema } from '../../../core/export/model-schema';
import { recovery } from '../../../core/model/match';
import type { ModelFile } from '../../../core/model/model-file';
import { activationIds } from '../../../core/model/spec';
import { fitReport, type FitReport } from '../../../core/protocol';
import { evaluateRow } from '../evaluate/fixture';
import { moe, workFolder, type Ran } from './terminal';

const folder = workFolder();
afterAll(folder.remove);

const report = (ran: Ran): FitReport => fitReport.parse(JSON.parse(ran.out));
const csv = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
const simulated = ['--rows', '700', '--features', '3', '--experts', '2', '--sigma', '0.05', '--seed', '5'];

/** Weights of a model.json or truth.json, to be compared. */
function regressors({ experts, gates }: Pick<ModelFile, 'experts' | 'gates'>) {
  const flat = (parts: readonly { weights: readonly number[] }[]) => Float64Array.from(parts.flatMap((p) => p.weights));
  return { k: experts.length, d: experts[0].weights.length, expertWeights: flat(experts), gateWeights: flat(gates) };
}

describe.each(activationIds)('%s experts through the command line', (activation) => {
  const [data, out, truthPath, predictions, again] = ['csv', 'model', 'truth', 'predictions', 'again'].map((name) =>
    folder.at(`${activation}-${name}`),
  );
  const fit = ['fit', data, '--target', 'y', '--experts', '2', '--method', 'joint-em', '--restarts', '2'];
  const options = ['--activation', activation, '--json', '--out', out, '--predictions', predictions];

  test('a simulated table is fitted, and model.json alone gives its predictions to 1e-12, here and in predict', async () => {
    const simulate = [...simulated, '--activation', activation, '--out', data, '--truth', truthPath];
    expect((await moe(['simulate', ...simulate])).status).toBe(0);
    const ran = await moe([...fit, ...options]);
    expect(ran.status).toBe(0);
    const { model, metrics } = report(ran);
    expect(model.activation).toBe(activation);
    expect(model.leak).toBe(activation === 'leaky-relu' ? 0.1 : undefined);
    expect(new Ajv2020({ strict: false }).compile(modelSchema())(JSON.parse(readFileSync(out, 'utf8')))).toBe(true);
    const sd = metrics.baselines.mean.train.rmse;
    const [header, ...records] = csv(data);
    const [, ...predicted] = csv(predictions);
    expect(predicted).toHaveLength(700);
    for (const cells of predicted) {
      const record = records[Number(cells[0])];
      const own = evaluateRow(
        model,
        model.columns.map(({ name }) => Number(record[header.indexOf(name)])),
      );
      expect(Math.abs(Number(cells[3]) - own.prediction)).toBeLessThan(1e-12 * (Math.abs(own.prediction) + sd));
      expect(Math.abs(Number(cells[8]) - own.means[1])).toBeLessThan(1e-12 * (Math.abs(own.means[1]) + sd));
    }
    expect((await moe(['predict', out, data, '--out', again])).status).toBe(0);
    expect(
      csv(again)
        .slice(1)
        .map((cells) => cells.slice(2)),
    ).toEqual(predicted.map((cells) => cells.slice(2)));
    expect(metrics.test?.rmse).toBeLessThan(0.9 * (metrics.baselines.ols.test?.rmse ?? 0));
  });

  test('without intercepts the target is left as it is, and the experts found are those simulated', async () => {
    const { model } = report(await moe([...fit, ...options, '--no-intercept']));
    expect(model.output).toEqual({ offset: 0, scale: 1 });
    expect(model.experts.every(({ intercept }) => intercept === 0)).toBe(true);
    const truth = JSON.parse(readFileSync(truthPath, 'utf8')) as ModelFile;
    expect(truth.activation).toBe(activation);
    const { regressorFit, gatingFit } = recovery(regressors(model), regressors(truth));
    expect(regressorFit).toBeGreaterThan(0.998);
    expect(gatingFit).toBeGreaterThan(0.95);
  });

  test('least squares stays linear whatever response is asked for, and is the baseline', async () => {
    const { model, metrics } = report(await moe([...fit, ...options, '--method', 'ols']));
    expect(model.activation).toBe('linear');
    expect(model.output).toEqual({ offset: 0, scale: 1 });
    expect(metrics.test?.rmse).toBeCloseTo(metrics.baselines.ols.test?.rmse ?? 0, 9);
  });
});

test('the leak is an option, and stands in model.json', async () => {
  const data = folder.at('leak.csv');
  await moe(['simulate', ...simulated, '--activation', 'leaky-relu', '--out', data]);
  const fit = ['fit', data, '--target', 'y', '--experts', '2', '--method', 'joint-em', '--restarts', '1', '--json'];
  const { model } = report(await moe([...fit, '--activation', 'leaky-relu', '--option', 'leak=0.3']));
  expect(model.leak).toBe(0.3);
});

test('a person is told the equation with its response', async () => {
  const data = folder.at('told.csv');
  await moe(['simulate', ...simulated, '--activation', 'sigmoid', '--out', data]);
  const fit = ['fit', data, '--target', 'y', '--experts', '2', '--method', 'joint-em', '--restarts', '1'];
  const told = await moe([...fit, '--activation', 'sigmoid']);
  expect(told.out).toMatch(/\n {3}y = [−\d.]+ \+ [\d.]+ × sigmoid\([−\d.]+ .+ × x1.*\), ± /);
  expect(told.out).toContain('On average over its rows, ');
});
