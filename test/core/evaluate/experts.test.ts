import { describe, expect, test } from 'vitest';
import { equationText, rounded } from '../../../core/evaluate/equation';
import { summariseExperts } from '../../../core/evaluate/experts';
import { predictModel } from '../../../core/model/fitted';
import type { ModelFile } from '../../../core/model/model-file';
import { encoded, evaluated, labels, model } from './fixture';

const train = evaluated(400, 1);
const held = evaluated(100, 2, 400);
const experts = await summariseExperts(model, train, held, encoded, labels);

/** Evaluates "y = 1.5 − 0.2 × [a b] + 3 × c" for named values: the reader's side of the equation. */
function evaluateEquation(equation: string, values: Record<string, number>): number {
  const right = equation.slice(equation.indexOf(' = ') + 3);
  const terms = right.split(/ (?=[+−] )/);
  return terms.reduce((sum, term) => {
    const [, sign, number, name] = /^([+−] )?([^ ]+)(?: × (.+))?$/.exec(term) ?? [];
    const factor = name === undefined ? 1 : values[name.replace(/^\[(.*)\]$/, '$1')];
    return sum + (sign === '− ' ? -1 : 1) * Number(number.replace('−', '-')) * factor;
  }, 0);
}

test('shares are mean gate probabilities, and letters are places in the model’s order, whatever rows are looked at', async () => {
  const share = experts.map((expert) => expert.share);
  expect(share[0] + share[1]).toBeCloseTo(1, 12);
  expect(share[1]).toBeGreaterThan(share[0]);
  expect(experts.map((expert) => expert.letter)).toEqual(['A', 'B']);
});

test('every row is counted once, at its likeliest expert', async () => {
  expect(experts[0].rows.train + experts[1].rows.train).toBe(400);
  expect(experts[0].rows.test + experts[1].rows.test).toBe(100);
});

test('the errors of the regions add up to the error of all rows', async () => {
  const squares = experts.reduce((sum, { rows, rmse }) => sum + rows.train * (rmse.train ?? 0) ** 2, 0);
  const all = train.part.actual.reduce((sum, y, i) => sum + (y - train.predicted.prediction[i]) ** 2, 0);
  expect(squares).toBeCloseTo(all, 8);
});

test('the equation read back gives the expert’s mean at every training row', async () => {
  const mean = train.part.actual.reduce((a, b) => a + b, 0) / 400;
  const sd = Math.sqrt(train.part.actual.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 399);
  experts.forEach(({ equation }, e) => {
    for (let i = 0; i < 400; i++) {
      const values = { Age: train.part.z[2 * i], 'mix=rich': train.part.z[2 * i + 1] };
      expect(Math.abs(evaluateEquation(equation, values) - train.predicted.means[2 * i + e])).toBeLessThan(1e-4 * sd);
    }
  });
});

test('slopes and constant are those of the model, multiplied out of its centers', async () => {
  expect(experts[1].constant).toBeCloseTo(45 + 0.03 * 40 - 0.5 / 3, 12);
  expect(experts[1].terms.map(({ slope }) => slope)).toEqual([-0.03, 1 / 3]);
});

test('an expert is described by the column that sets it apart and the one that moves it most', async () => {
  expect(experts[0].ranges[0].column).toBe('Age (day)');
  expect(experts[0].ranges[0].shift).toBeLessThan(-0.5);
  const [q25, q75] = [experts[0].ranges[0].q25, experts[0].ranges[0].q75].map((value) => Number(value.toPrecision(3)));
  const share = Math.round(experts[0].share * 100);
  expect(experts[0].sentence).toBe(
    `${share}% of rows. Mostly where Age is ${q25} to ${q75} days. One day of Age adds 0.73 MPa.`,
  );
  expect(experts[1].sentence).toContain('One day of Age takes 0.03 MPa away.');
});

test('a level that fills an expert’s rows is named instead of a range, from ten rows on', async () => {
  const sentenceOf = async (n: number) => {
    const rows = Array.from({ length: 2 * n }, (_, i) => i);
    const part = {
      rows,
      z: Float64Array.from(rows.flatMap((i) => [5, Number(i < n)])),
      actual: Float64Array.from(rows),
      weights: null,
    };
    const predicted = {
      prediction: new Float64Array(2 * n),
      sd: new Float64Array(2 * n),
      gates: Float64Array.from(rows.flatMap((i) => (i < n ? [0.9, 0.1] : [0.1, 0.9]))),
      means: new Float64Array(4 * n),
    };
    return (await summariseExperts(model, { part, predicted }, null, encoded, labels))[0].sentence;
  };
  expect(await sentenceOf(10)).toContain('Mostly where mix is rich (100%).');
  expect(await sentenceOf(9)).not.toContain('rich (');
});

test('a category’s effect is told against its reference level', async () => {
  const flat = {
    ...model,
    experts: [{ intercept: 1, weights: [0, -2], sigma: 1 }],
    gates: [{ intercept: 0, weights: [0, 0] }],
  };
  const part = {
    ...train,
    predicted: { ...train.predicted, gates: new Float64Array(400).fill(1), means: new Float64Array(400) },
  };
  const [only] = await summariseExperts(flat, part, null, encoded, labels);
  expect(only.sentence).toBe('All rows. mix rich instead of lean takes 2 MPa away.');
});

test.each([
  [1000, 2.5, 'A rise of 10,000 days in Age adds 25,000 MPa.'],
  [0.001, 2.5, 'A rise of 0.01 days in Age adds 0.025 MPa.'],
])('a column spread over %d times as much is told by a round step', async (factor, slope, sentence) => {
  const z = train.part.z.map((value, i) => (i % 2 === 0 ? value * factor : value));
  const steep = { ...model, experts: model.experts.map((expert) => ({ ...expert, weights: [slope, 0] })) };
  const [first] = await summariseExperts(steep, { ...train, part: { ...train.part, z } }, null, encoded, labels);
  expect(first.sentence).toContain(sentence);
});

test('an expert that is not linear is told by its average effect and has its response in its equation', async () => {
  const bent: ModelFile = { ...model, activation: 'tanh', output: { offset: 10, scale: 50 } };
  bent.experts = [
    { intercept: 0.2, weights: [0.02, 0.1], sigma: 2 },
    { intercept: -0.1, weights: [0, -0.5], sigma: 1 },
  ];
  const { gates, means, prediction, sd } = predictModel(bent, train.part.z);
  const part = { ...train, predicted: { gates, means, prediction, sd } };
  const [first, second] = await summariseExperts(bent, part, null, encoded, labels);
  const averageSlope = first.terms[0].slope;
  expect(averageSlope).toBeGreaterThan(0.1);
  expect(averageSlope).toBeLessThan(50 * 0.02);
  expect(first.sentence).toContain(
    `On average over its rows, one day of Age adds about ${Number(averageSlope.toPrecision(2))} MPa.`,
  );
  expect(second.sentence).toContain('On average over its rows, mix rich instead of lean takes');
  expect(first.equation).toMatch(/^Strength = 10 \+ 50 × tanh\(.* × Age.*\)$/);
});

test('an expert without slopes says its constant', async () => {
  const flat = {
    ...model,
    experts: [{ intercept: 12, weights: [0, 0], sigma: 1 }],
    gates: [{ intercept: 0, weights: [0, 0] }],
  };
  const part = {
    ...train,
    predicted: { ...train.predicted, gates: new Float64Array(400).fill(1), means: new Float64Array(400) },
  };
  const [only] = await summariseExperts(flat, part, null, encoded, labels);
  expect(only.sentence).toBe('All rows. It says 12 MPa everywhere.');
  expect(only.equation).toBe('Strength = 12');
});

test('an expert that is nowhere the likeliest has no ranges and no error', async () => {
  const gates = train.predicted.gates.map((_, i) => (i % 2 === 0 ? 0 : 1));
  const [, second] = await summariseExperts(model, train, null, encoded, labels);
  const [empty] = await summariseExperts(
    model,
    { ...train, predicted: { ...train.predicted, gates } },
    null,
    encoded,
    labels,
  );
  expect(empty.ranges).toEqual([]);
  expect(empty.rmse.train).toBeNull();
  expect(empty.sentence).toContain('The likeliest expert of no row.');
  expect(second.rmse.test).toBeNull();
});

describe('rounding', async () => {
  test.each([
    [0.7312345678901, 1e-4, '0.7312'],
    [0.7312345678901, 0.1, '0.7'],
    [1234.7, 1, '1235'],
    [-0.03, 1e-9, '-0.03'],
    [1e-7, 1e-4, '0'],
    [0, 0, '0'],
  ])('%d within %d is %s', (value, error, text) => expect(rounded(value, error)).toBe(text));

  test('no error allowed gives the exact number back', async () => {
    expect(Number(rounded(1 / 3, 0))).toBe(1 / 3);
  });
});

test('names that could be read as arithmetic stand in brackets', async () => {
  const text = equationText('y', ['a b', 'c-d', 'x2'], { constant: 1, slopes: [1, -2, 3] }, [1, 1, 1], 1e-6);
  expect(text).toBe('y = 1 + 1 × a b − 2 × [c-d] + 3 × x2');
});

test('under a constant gate an expert has its share of every row, not a place', async () => {
  const gates = [1, 0].map((intercept) => ({ intercept, weights: [0, 0] }));
  const constant = { ...model, gates };
  const part = { part: train.part, predicted: predictModel(constant, train.part.z) };
  const alike = await summariseExperts(constant, part, null, encoded, labels);
  expect(alike[0].sentence).toMatch(/^73% of rows, in the same proportion everywhere\. /);
  expect(alike[1].sentence).toMatch(/^27% of rows, in the same proportion everywhere\. /);
});
