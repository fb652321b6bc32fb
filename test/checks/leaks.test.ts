import { describe, expect, test } from 'vitest';
import { methods } from '../../core/fit';
import { looker } from '../leaks/look';
import { everything, preparations } from '../leaks/preparations';
import { scratch } from '../corpora/open-text';

const { open } = scratch();
const { look, notice } = looker((text) => open(text));
const [ols] = methods;

/** `npm run leaks` looks at every preparation with every method. */
describe('whatever stands in the held-out rows, the model is the same bit for bit', () => {
  test('for every preparation, with least squares', async () => {
    let looked = 0;
    for (const preparation of preparations()) {
      const found = await look(preparation, ols);
      if (found === null) continue;
      looked++;
      expect(found.leaks, preparation.name).toEqual([]);
      expect(found.tried).toBeGreaterThanOrEqual(2);
    }
    expect(looked).toBeGreaterThanOrEqual(35);
  });

  test.each(methods.map((method) => [method.id, method] as const))(
    'for %s, with everything at once',
    async (_, method) => {
      const found = await look(everything, method);
      expect(found?.leaks).toEqual([]);
      expect(found?.compared).toBeGreaterThan(100);
    },
  );

  test('while one changed training row is noticed', async () => {
    expect(await notice(everything, ols)).toBeGreaterThan(30);
  });
});
