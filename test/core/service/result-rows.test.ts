import { expect, test } from 'vitest';
import { random } from '../../../core/random';
import { sorted } from '../../../core/service/result-rows';
import { finish } from '../../../core/turns';

test.each([0, 1, 8192, 8193, 16_384, 16_385, 50_001])(
  'the order of %i rows is that of the typed array’s own sort, equal keys too',
  (n) => {
    const stream = random(n);
    const keys = Float64Array.from({ length: n }, () => stream.integer(1000));
    const compare = (a: number, b: number) => keys[a] - keys[b] || a - b;
    const places = () => Uint32Array.from(keys, (_, i) => i);
    expect(finish(sorted(places(), compare))).toEqual(places().sort(compare));
  },
);
