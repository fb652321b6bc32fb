import { expect, test } from 'vitest';
import { addGram, addLines, triangle, triangleIndex } from '../../../core/kernels/gram';
import { random } from '../../../core/random';

const stride = 16;
const cases = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11].flatMap((q) => [1, 4, 7, 16].map((count) => ({ q, count })));

function lines(q: number, count: number) {
  const stream = random(q, count);
  const z = new Float64Array(q * stride);
  const v = new Float64Array(2 * stride);
  for (let r = 0; r < count; r++) {
    v[stride + r] = stream.uniform();
    for (let a = 0; a < q; a++) z[a * stride + r] = stream.normal();
  }
  return { z, v };
}

test.each(cases)('the Gram triangle of $q lines and $count rows is the sum of its products', ({ q, count }) => {
  const { z, v } = lines(q, count);
  const sums = new Float64Array(2 + triangle(q)).fill(0.5);
  addGram(v, stride, z, stride, q, count, new Float64Array(2 * stride), sums, 1);
  for (let a = 0; a < q; a++) {
    for (let b = a; b < q; b++) {
      let expected = 0.5;
      for (let r = 0; r < count; r++) expected += v[stride + r] * z[a * stride + r] * z[b * stride + r];
      expect(sums[1 + triangleIndex(q, a, b)]).toBeCloseTo(expected, 12);
    }
  }
  expect([sums[0], sums[sums.length - 1]]).toEqual([0.5, 0.5]);
});

test.each(cases)('the weighted sums of $q lines and $count rows are sums of products', ({ q, count }) => {
  const { z, v } = lines(q, count);
  const sums = new Float64Array(q + 2).fill(0.5);
  addLines(v, stride, z, stride, q, count, sums, 1);
  for (let a = 0; a < q; a++) {
    let expected = 0.5;
    for (let r = 0; r < count; r++) expected += v[stride + r] * z[a * stride + r];
    expect(sums[1 + a]).toBeCloseTo(expected, 12);
  }
  expect([sums[0], sums[q + 1]]).toEqual([0.5, 0.5]);
});
