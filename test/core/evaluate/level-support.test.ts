import { finish } from '../../../core/turns';
import { describe, expect, test } from 'vitest';
import { summariseExperts } from '../../../core/evaluate/experts';
import { knownColumns } from '../../../core/evaluate/level-support';
import { encoded, evaluated, labels, model } from './fixture';

/** Rows of ages by the hundred of which the first expert, sure of the young ones, sees `rich` in a given number. */
function withRich(rows: number) {
  const { part, predicted } = evaluated(400, 21);
  const young = Array.from(part.actual.keys()).filter((i) => part.z[2 * i] < 30);
  const z = part.z.slice();
  for (const i of young) z[2 * i + 1] = 0;
  for (const i of young.slice(0, rows)) z[2 * i + 1] = 1;
  const gates = Float64Array.from({ length: 800 }, (_, at) =>
    Number((at % 2 === 0) === z[2 * Math.floor(at / 2)] < 30),
  );
  return { part: { ...part, z }, predicted: { ...predicted, gates } };
}

/** The model whose first expert says that `rich` outweighs everything. */
const overwhelmed = {
  ...model,
  experts: model.experts.map((expert, e) => (e === 0 ? { ...expert, weights: [0.7, 5000] } : expert)),
};

describe('a level an expert hardly sees', () => {
  test('is not known in nine rows and is in ten', () => {
    const known = (rows: number) => {
      const { part, predicted } = withRich(rows);
      return finish(knownColumns(part, predicted, 2, encoded))[0];
    };
    expect(known(9)).toEqual([true, false]);
    expect(known(10)).toEqual([true, true]);
  });

  test('does not lead the sentence, whatever its slope, which goes to the next column', async () => {
    const sentence = async (rows: number) =>
      (await summariseExperts(overwhelmed, withRich(rows), null, encoded, labels))[0].sentence;
    expect(await sentence(30)).toContain('mix rich instead of lean adds 5,000 MPa');
    expect(await sentence(3)).not.toContain('rich');
    expect(await sentence(3)).toContain('One day of Age adds 0.7 MPa');
  });

  test('the reference level must be seen as well: a slope is against it', () => {
    const { part, predicted } = withRich(400);
    expect(finish(knownColumns(part, predicted, 2, encoded))[0]).toEqual([true, false]);
  });

  test('without another column nothing is said of effects', async () => {
    const constant = {
      ...overwhelmed,
      experts: overwhelmed.experts.map((e) => ({ ...e, weights: [0, e.weights[1]] })),
    };
    const [{ sentence }] = await summariseExperts(constant, withRich(3), null, encoded, labels);
    expect(sentence).not.toContain('adds');
    expect(sentence).not.toContain('everywhere');
  });
});

test('two per cent of an expert’s rows are asked where it holds many', () => {
  const n = 2000;
  const rich = (count: number) => ({
    rows: [],
    z: Float64Array.from({ length: 2 * n }, (_, at) => (at % 2 === 0 ? at : Number(at / 2 < count))),
    actual: new Float64Array(n),
    weights: null,
  });
  const gates = new Float64Array(n).fill(1);
  expect(finish(knownColumns(rich(39), { gates }, 1, encoded))[0][1]).toBe(false);
  expect(finish(knownColumns(rich(41), { gates }, 1, encoded))[0][1]).toBe(true);
});
