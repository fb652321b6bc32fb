import { describe, expect, test } from 'vitest';
import { predictModel, toOriginalUnits, type FitCoordinates } from '../../../core/model/fitted';
import { activationNamed, activationOf } from '../../../core/model/activations';
import { type Activation, activationIds, emptyParameters, type Parameters } from '../../../core/model/spec';
import { random, type Random } from '../../../core/random';

/** Random parameters in fit coordinates, with the columns' and the target's units. */
function randomModel(k: number, d: number, stream: Random): { parameters: Parameters; coordinates: FitCoordinates } {
  const parameters = emptyParameters(k, d);
  const fill = (values: Float64Array, size: number) => values.forEach((_, i) => (values[i] = size * stream.normal()));
  fill(parameters.expertWeights, 1);
  fill(parameters.expertIntercepts, 1);
  fill(parameters.gateWeights.subarray(0, (k - 1) * d), 2);
  fill(parameters.gateIntercepts.subarray(0, k - 1), 2);
  parameters.sigmas.forEach((_, i) => (parameters.sigmas[i] = 0.1 + stream.uniform()));
  const columns = Array.from({ length: d }, (_, j) => ({
    name: `x${j}`,
    center: 10 ** (stream.integer(7) - 3) * stream.normal(),
    scale: 10 ** (stream.integer(7) - 3) * (0.5 + stream.uniform()),
  }));
  return {
    parameters,
    coordinates: { columns, output: { offset: 100 * stream.normal(), scale: 10 ** (stream.integer(5) - 2) } },
  };
}

/** The mixture in fit coordinates, straight from its definition. */
function inFitCoordinates({ k, d, ...p }: Parameters, x: readonly number[], g: (score: number) => number) {
  const dot = (weights: Float64Array, i: number) => x.reduce((sum, value, j) => sum + weights[i * d + j] * value, 0);
  const index = Array.from({ length: k }, (_, i) => i);
  const means = index.map((i) => g(p.expertIntercepts[i] + dot(p.expertWeights, i)));
  const logits = index.map((i) => p.gateIntercepts[i] + dot(p.gateWeights, i));
  const top = Math.max(...logits);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
  const gates = logits.map((logit) => Math.exp(logit - top) / total);
  const prediction = index.reduce((sum, i) => sum + gates[i] * means[i], 0);
  const second = index.reduce((sum, i) => sum + gates[i] * (p.sigmas[i] ** 2 + means[i] ** 2), 0);
  return { means, gates, prediction, sd: Math.sqrt(second - prediction ** 2) };
}

test.each(activationIds)('the exported numbers predict what the fit predicts, to 1e-12 of its size, %s', (id) => {
  const activation = activationNamed(id, 0.3);
  const { value: g } = activationOf(activation);
  for (let trial = 0; trial < 100; trial++) {
    const stream = random(4, trial);
    const k = 1 + stream.integer(4);
    const d = 1 + stream.integer(6);
    const { parameters, coordinates } = randomModel(k, d, stream);
    const { offset, scale } = coordinates.output;
    const model = toOriginalUnits(parameters, coordinates, activation);
    const z = Float64Array.from(
      { length: 10 * d },
      (_, i) => coordinates.columns[i % d].center + coordinates.columns[i % d].scale * stream.normal(),
    );
    const found = predictModel(model, z);
    for (let row = 0; row < 10; row++) {
      const x = coordinates.columns.map(({ center, scale: s }, j) => (z[row * d + j] - center) / s);
      const expected = inFitCoordinates(parameters, x, g);
      const near = (value: number, fit: number) =>
        expect(Math.abs(value - (offset + scale * fit))).toBeLessThanOrEqual(1e-12 * (Math.abs(value) + scale));
      near(found.prediction[row], expected.prediction);
      expected.means.forEach((mean, i) => near(found.means[row * k + i], mean));
      expected.gates.forEach((gate, i) => expect(found.gates[row * k + i]).toBeCloseTo(gate, 12));
      expect(found.sd[row]).toBeCloseTo(scale * expected.sd, 6);
    }
  }
});

test('a linear model is exported with offset 0 and scale 1, sigmas in target units and the last gate 0', () => {
  const { parameters, coordinates } = randomModel(3, 2, random(8));
  const model = toOriginalUnits(parameters, coordinates, { id: 'linear' });
  expect(model.output).toEqual({ offset: 0, scale: 1 });
  expect(model.experts.map(({ sigma }) => sigma)).toEqual(
    [...parameters.sigmas].map((sigma) => sigma * coordinates.output.scale),
  );
  expect(model.gates[2]).toEqual({ intercept: 0, weights: [0, 0] });
  expect(model.columns).toEqual(coordinates.columns.map(({ name, center }) => ({ name, center })));
});

test('the leak is exported where there is one', () => {
  const { parameters, coordinates } = randomModel(2, 1, random(8));
  const leakOf = (activation: Activation) => toOriginalUnits(parameters, coordinates, activation).leak;
  expect(leakOf({ id: 'leaky-relu', leak: 0.3 })).toBe(0.3);
  expect(leakOf({ id: 'relu' })).toBeUndefined();
});

test('any other activation keeps the scaling of the target outside', () => {
  const { parameters, coordinates } = randomModel(2, 1, random(8));
  const model = toOriginalUnits(parameters, coordinates, { id: 'tanh' });
  expect(model.output).toEqual(coordinates.output);
  expect(model.experts[0].intercept).toBe(parameters.expertIntercepts[0]);
  expect(model.experts[0].weights[0]).toBe(parameters.expertWeights[0] / coordinates.columns[0].scale);
});

describe('a prediction', () => {
  const coordinates: FitCoordinates = {
    columns: [{ name: 'x', center: 0, scale: 1 }],
    output: { offset: 0, scale: 1 },
  };

  test('survives logits beyond the range of exp', () => {
    const parameters = emptyParameters(2, 1);
    parameters.gateWeights[0] = 5000;
    parameters.expertIntercepts.set([1, -1]);
    const { gates, prediction } = predictModel(
      toOriginalUnits(parameters, coordinates, { id: 'linear' }),
      Float64Array.of(1, -1, 0),
    );
    expect([...gates]).toEqual([1, 0, 0, 1, 0.5, 0.5]);
    expect([...prediction]).toEqual([1, -1, 0]);
  });

  test('has the standard deviation of the mixture: within the experts and between them', () => {
    const parameters = emptyParameters(2, 1);
    parameters.expertIntercepts.set([3, -3]);
    parameters.sigmas.fill(4);
    expect(predictModel(toOriginalUnits(parameters, coordinates, { id: 'linear' }), Float64Array.of(0)).sd[0]).toBe(5);
  });

  test('of a part of the rows is the part of the predictions', () => {
    const { parameters, coordinates: units } = randomModel(3, 2, random(5));
    const model = toOriginalUnits(parameters, units, { id: 'linear' });
    const z = Float64Array.from({ length: 20 }, (_, i) => Math.sin(i));
    expect([...predictModel(model, z.slice(8, 14)).prediction]).toEqual([
      ...predictModel(model, z).prediction.slice(4, 7),
    ]);
  });
});
