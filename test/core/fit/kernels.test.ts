import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kernelNamed } from '../../../core/fit/kernels';

test('every kernel of the program is found by its name, and no two share one', () => {
  const files = readdirSync('core', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const names = files.flatMap((path) =>
    [...readFileSync(join('core', path), 'utf8').matchAll(/: Kernel<[^=]*> = \{\s*name: '([a-z0-9-]+)'/g)].map(
      ([, name]) => name,
    ),
  );
  expect(names.length).toBeGreaterThan(10);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(kernelNamed(name)?.name, name).toBe(name);
  expect(kernelNamed('none')).toBeUndefined();
});
