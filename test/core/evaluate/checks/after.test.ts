import { finish } from '../../../../core/turns';
import { describe, expect, test } from 'vitest';
import { checksAfter } from '../../../../core/evaluate/checks/after';
import { directionsOf } from '../../../../core/evaluate/checks/directions';
import { quantileSorted } from '../../../../core/quantile';
import type { FittedMixture } from '../../../../core/evaluate/checks/fitted-mixture';
import { mixtureOf, twoExperts } from './mixture';

const check = (mixture: FittedMixture, id: string) => {
  const found = finish(checksAfter(mixture)).find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
};

test('two different, well filled, well separated experts are green throughout', () => {
  for (const { light } of finish(checksAfter(twoExperts({ gate: 4, gap: 20, sigma: 1 })))) expect(light).toBe('green');
});

test('every check is one sentence', () => {
  for (const setting of [
    { gate: 4, gap: 20, sigma: 1 },
    { gate: 0.01, gap: 0, sigma: 50 },
  ])
    for (const { sentence } of finish(checksAfter(twoExperts(setting)))) expect(sentence).toMatch(/^[A-Z].*[^.]\.$/);
});

test('one expert has nothing to be checked against', () => {
  expect(finish(checksAfter(mixtureOf([{ weights: [1] }], [{ weights: [0] }])))).toEqual([]);
});

test('experts with the same mean are one expert', () => {
  const line = { weights: [1, 2] };
  const same = mixtureOf([line, { ...line, intercept: 1e-3 }], [{ weights: [4, 0] }, { weights: [0, 0] }]);
  expect(check(same, 'experts-distinct').light).toBe('red');
});

describe('rows an expert holds', () => {
  const withShare = (share: number) =>
    mixtureOf(
      [{ weights: [1] }, { intercept: 9, weights: [1] }],
      [{ intercept: Math.log(share / (1 - share)), weights: [0] }, { weights: [0] }],
      { n: 1000, lineSize: 3 },
    );

  test('five of a thousand are too few for a line of three numbers, and are said', () => {
    const { light, sentence } = check(withShare(0.005), 'experts-populated');
    expect(light).toBe('red');
    expect(sentence).toContain('Expert A holds about 5 rows, too few for the 3 numbers of a line; fit 1 expert.');
  });

  test('an expert of nothing holds no row', () => {
    expect(check(withShare(1e-9), 'experts-populated').sentence).toContain('A holds no row');
  });

  test('several that hold too few are named together', () => {
    const line = { weights: [1] };
    const faint = { intercept: Math.log(0.001), weights: [0] };
    const mixture = mixtureOf(
      [line, { ...line, intercept: 9 }, { ...line, intercept: -9 }],
      [{ weights: [0] }, faint, faint],
      {
        n: 1000,
        lineSize: 3,
      },
    );
    expect(check(mixture, 'experts-populated').sentence).toBe(
      'Experts B (about 1 row) and C (about 1 row) hold too few for the 3 numbers of a line; fit 1 expert.',
    );
  });

  test('a ReLU expert that is flat on nearly all its rows is said to rest on the others', () => {
    // Standard normal inputs exceed 2.5 in 6 rows of 1,000.
    const mixture = withShare(0.5);
    const { means } = mixture.predicted;
    const relu = (threshold: number): FittedMixture => ({
      ...mixture,
      model: { ...mixture.model, activation: 'relu' },
      predicted: {
        ...mixture.predicted,
        means: means.map((mean, at) => (at % 2 ? mean : Math.max(0, mean - threshold))),
      },
    });
    const { light, sentence } = check(relu(2.5), 'experts-populated');
    expect(light).toBe('red');
    expect(sentence).toMatch(/^Expert A is flat on all but about \d rows? of the 500 rows it holds/);
    expect(check(relu(0), 'experts-populated').light).toBe('green');
    expect(check({ ...relu(2.5), model: mixture.model }, 'experts-populated').light).toBe('green');
  });

  test('twelve ask for caution and thirty suffice', () => {
    expect(check(withShare(0.012), 'experts-populated').light).toBe('amber');
    expect(check(withShare(0.0301), 'experts-populated').light).toBe('green');
  });

  test('a row of weight 0 is not held', () => {
    const mixture = withShare(0.0301);
    const weights = Float64Array.from({ length: 1000 }, (_, i) => Number(i < 500));
    expect(check({ ...mixture, part: { ...mixture.part, weights } }, 'experts-populated').light).toBe('amber');
  });
});

describe('gate separation', () => {
  test('a gate that knows nothing is amber', () => {
    expect(check(twoExperts({ gate: 0.1, gap: 20, sigma: 1 }), 'gate-separation').light).toBe('amber');
  });

  test('two logits are the gate’s slope times the median distance from the border apart', () => {
    const mixture = twoExperts({ gate: 3, gap: 20, sigma: 1 });
    const distances = mixture.part.z.filter((_, at) => at % 2 === 0).map(Math.abs);
    const median = quantileSorted(distances.sort(), 0.5);
    const apart = Number((3 * median).toPrecision(2));
    expect(check(mixture, 'gate-separation').sentence).toContain(`the logits of two experts are ${apart} apart`);
  });

  test('a gate that ran away to a step is amber', () => {
    expect(check(twoExperts({ gate: 200, gap: 20, sigma: 1 }), 'gate-separation').light).toBe('amber');
  });

  test('a constant gate is what was asked for', () => {
    expect(check(twoExperts({ gate: 0, gap: 20, sigma: 1 }), 'gate-separation').light).toBe('green');
  });
});

describe('signal to noise', () => {
  test.each([
    [1, 'green'],
    [10, 'amber'],
    [100, 'red'],
  ] as const)('two experts 12 apart with noise %i are %s', (sigma, light) => {
    expect(check(twoExperts({ gate: 1, gap: 12, sigma }), 'signal-to-noise').light).toBe(light);
  });

  test('is the spread over the noise: two equal halves 2 apart with noise 0.5 spread twice as far', () => {
    const flat = mixtureOf(
      [
        { intercept: 1, weights: [0], sigma: 0.5 },
        { intercept: -1, weights: [0], sigma: 0.5 },
      ],
      [{ weights: [0] }, { weights: [0] }],
    );
    expect(check(flat, 'signal-to-noise').sentence).toContain('spread 2 times as far');
  });
});

describe('directions in whitened inputs', () => {
  test('cosines do not depend on the units of the features', () => {
    const mixture = mixtureOf(
      [{ weights: [1, 2] }, { weights: [-2, 1.5] }],
      [{ weights: [1, 1] }, { weights: [0, 0] }],
    );
    const units = [100, 0.01];
    const { part, model } = mixture;
    const inUnits = ({ weights }: { weights: readonly number[] }) => weights.map((weight, j) => weight / units[j]);
    const scaled: FittedMixture = {
      ...mixture,
      part: { ...part, z: part.z.map((value, at) => value * units[at % 2]) },
      model: {
        ...model,
        experts: model.experts.map((expert) => ({ ...expert, weights: inUnits(expert) })),
        gates: model.gates.map((gate) => ({ ...gate, weights: inUnits(gate) })),
      },
    };
    const [one, other] = [directionsOf(mixture), directionsOf(scaled)];
    other.experts.forEach((cosine, at) => expect(cosine).toBeCloseTo(one.experts[at], 10));
    other.borders[0].cosines.forEach((cosine, at) => expect(cosine).toBeCloseTo(one.borders[0].cosines[at], 10));
  });

  test('borders do not depend on which expert is the reference of the gate', () => {
    const experts = [{ weights: [1, 0] }, { weights: [0, 1] }];
    const one = directionsOf(mixtureOf(experts, [{ weights: [3, 1] }, { weights: [0, 0] }]));
    const other = directionsOf(mixtureOf(experts, [{ weights: [8, -1] }, { weights: [5, -2] }]));
    other.borders[0].cosines.forEach((cosine, at) => expect(cosine).toBeCloseTo(one.borders[0].cosines[at], 10));
  });

  const three = (third: readonly number[], gate: readonly number[]) =>
    mixtureOf(
      [{ weights: [1, 0, 0, 0] }, { weights: [0, 1, 0, 0] }, { weights: third }],
      [{ weights: gate }, { weights: gate.map((weight) => -weight) }, { weights: [0, 0, 0, 0] }],
      { n: 4000 },
    );

  test('slopes at right angles are green, nearly dependent ones amber, dependent ones red with the closest named', () => {
    const light = (third: number[]) => check(three(third, [0, 0, 0, 1]), 'slopes-independent').light;
    expect(light([0, 0, 1, 0])).toBe('green');
    expect(light([0.7, 0.7, 0.06, 0])).toBe('amber');
    expect(light([0.7, 0.7, 1e-4, 0])).toBe('red');
    expect(check(three([1, 1e-3, 0, 0], [0, 0, 0, 1]), 'slopes-independent').sentence).toContain('most of all A and C');
  });

  test('an expert without slope is named, not divided by', () => {
    const { light, sentence } = check(three([0, 0, 0, 0], [0, 0, 0, 1]), 'slopes-independent');
    expect(light).toBe('amber');
    expect(sentence).toContain('Expert C does not vary');
  });

  test('a gate across three slopes is green, one along a slope amber, and with two experts it does no harm', () => {
    expect(check(three([0, 0, 1, 0], [0, 0, 0, 1]), 'gate-across-slopes').light).toBe('green');
    const along = check(three([0, 0, 1, 0], [0, 0, 2, 0.1]), 'gate-across-slopes');
    expect(along.light).toBe('amber');
    expect(along.sentence).toContain('the slope of C');
    expect(check(twoExperts({ gate: 1, gap: 1, sigma: 1 }), 'gate-across-slopes').light).toBe('green');
  });

  test('two experts that share their gate have no border between them', () => {
    const gates = [{ weights: [0.1, 3.3] }, { weights: [0.1, 3.3] }, { weights: [0, 0] }];
    const lines = [{ weights: [1, 0] }, { weights: [0, 1] }, { weights: [1, 1] }];
    const { borders } = directionsOf(mixtureOf(lines, gates));
    expect(borders[0]).toMatchObject({ between: [0, 1], cosines: new Float64Array(3).fill(NaN) });
    for (const { cosines } of borders.slice(1))
      for (const cosine of cosines) expect(Math.abs(cosine)).toBeLessThan(1 + 1e-9);
  });

  test('a constant gate runs along nothing', () => {
    expect(check(three([0, 0, 1, 0], [0, 0, 0, 0]), 'gate-across-slopes').light).toBe('green');
  });
});
