import { expect, test } from 'vitest';
import { quartilesInSteps, weightedQuantiles } from '../../../../core/data/scaling/quartiles';
import { random } from '../../../../core/random';
import { finish } from '../../../../core/turns';
import { quantileSorted } from '../../../../core/quantile';

test('the quartiles of each column are those of its sorted values', () => {
  const stream = random(3);
  const [n, d] = [37, 3];
  const z = Float64Array.from({ length: n * d }, () => stream.normal());
  const found = finish(quartilesInSteps({ n, x: z, y: z, weights: null }, d));
  for (let j = 0; j < d; j++) {
    const sorted = z.filter((_, at) => at % d === j).sort();
    expect(found[j]).toEqual([0.25, 0.5, 0.75].map((p) => quantileSorted(sorted, p)));
  }
});

test('whole weights give the quantiles of the rows repeated, ties and all', () => {
  for (let seed = 0; seed < 100; seed++) {
    const stream = random(seed);
    const n = 1 + stream.integer(30);
    const values = Float64Array.from({ length: n }, () => Math.round(3 * stream.normal()));
    const weights = Float64Array.from({ length: n }, () => 1 + stream.integer(4));
    const repeated = Float64Array.from([...values].flatMap((v, i) => Array<number>(weights[i]).fill(v))).sort();
    const shares = [0, 0.1, 0.25, 0.5, 0.75, 1];
    const found = finish(weightedQuantiles(values, weights, shares));
    shares.forEach((p, s) => expect(found[s]).toBeCloseTo(quantileSorted(repeated, p), 12));
  }
});
