import { describe, expect, test } from 'vitest';
import { combinations } from '../../../../core/data/flags/combinations';
import { targetFlags } from '../../../../core/data/flags/target-flags';
import { random } from '../../../../core/random';
import { finish } from '../../../../core/turns';
import { scratch } from '../../../corpora/open-text';

const normals = (n: number, seed: number) => {
  const stream = random(seed);
  return Float64Array.from({ length: n }, () => stream.normal());
};

describe('combinations', () => {
  const [a, b, c, d] = [1, 2, 3, 20].map((seed) => normals(100, seed));

  test('name the columns that one is made of, and leave alone what is only related', () => {
    const sum = a.map((value, i) => 5 - 2 * value + 0.5 * b[i]);
    const related = c.map((value, i) => value + 0.1 * d[i]);
    expect(combinations([a, b, c, sum, related])).toMatchObject([{ column: 3, of: [0, 1] }]);
    expect(combinations([a, b, c])).toEqual([]);
  });

  test('say how much is left, from rounding to a thousandth', () => {
    const near = a.map((value, i) => value + 0.02 * b[i]);
    const [found] = combinations([a, c, near]);
    expect(found).toMatchObject({ column: 2, of: [0] });
    expect(found.rest).toBeGreaterThan(1e-4);
    expect(found.rest).toBeLessThan(1e-3);
    expect(combinations([a, c, a.map((value, i) => value + 0.05 * b[i])])).toEqual([]);
  });

  test('find as many as there are', () => {
    const found = combinations([a, b, a.map((v, i) => v + b[i]), c, c.map((v) => 3 * v), a.map((v, i) => v - b[i])]);
    expect(found).toHaveLength(3);
    expect(combinations([])).toEqual([]);
  });
});

describe('what follows the target', () => {
  const flags = (columns: Record<string, Float64Array>, target: Float64Array, tied = 0.01) => {
    const names = Object.keys(columns);
    const z = Float64Array.from(
      { length: target.length * names.length },
      (_, at) => columns[names[at % names.length]][Math.floor(at / names.length)],
    );
    const encoded = names.map((name) => ({ name, column: name, level: null }) as never);
    return finish(targetFlags({ name: 'y', target, z, encoded, tied }));
  };
  const y = normals(300, 4).map((value) => Math.round(1000 * value) / 1000);

  test('is told in one sentence: on a line, on a curve, or as a code', () => {
    const [found] = flags({ x: y.map((value) => 9 - 3 * value) }, y);
    expect(found).toEqual({
      column: 'x',
      sentence:
        '“y” follows “x” almost exactly (correlation -1.0000): leave “x” out of the features unless it is known before the target.',
    });
    expect(flags({ x: y.map(Math.exp) }, y)[0].sentence).toContain('(rank correlation 1.0000)');
    const grades = y.map((_, i) => (i * 7) % 5);
    const code = grades.map((grade) => [3, 1, 4, 0, 2][grade]);
    expect(flags({ code, x: normals(300, 5) }, grades, 0.2)).toEqual([
      {
        column: 'code',
        sentence:
          '“y” is the same wherever “code” is the same: leave “code” out of the features unless it is known before the target.',
      },
    ]);
  });

  test('is not seen where a column is good but not that good, where values never repeat, or where whole rows do', () => {
    const good = y.map((value, i) => value + 0.1 * normals(300, 6)[i]);
    expect(flags({ good, other: normals(300, 7) }, y)).toEqual([]);
    const twice = (values: Float64Array) => Float64Array.of(...values, ...values);
    expect(flags({ x: twice(normals(300, 8)), z: twice(normals(300, 9)) }, twice(y))).toEqual([]);
  });

  test('a few equal values that agree by chance are no sign', () => {
    const grades = y.map((_, i) => i % 2);
    const x = normals(300, 10);
    x[2] = x[0];
    x[3] = x[1];
    expect(flags({ x, z: normals(300, 11) }, grades, 0.5)).toEqual([]);
  });
});

describe('a table', () => {
  const { open } = scratch();

  test('notes columns that repeat others, in the sample as in all rows', async () => {
    const stream = random(12);
    const lines = Array.from({ length: 3000 }, (_, i) => {
      const [a, b] = [stream.normal(), stream.normal()];
      const late = i === 2999 ? 'other' : 'red';
      return [
        a,
        b,
        a + 2 * b,
        a,
        i % 2 ? 'red' : 'blue',
        i % 2 ? late : 'blue',
        i % 2 ? 'red' : 'blue',
        2 * b + 1,
        stream.normal(),
      ].join(',');
    });
    const { info } = await open(`a,b,sum,copy,colour,nearly,paint,scaled,target\n${lines.join('\n')}\n`);
    const notes = Object.fromEntries(info.columns.map(({ name, notes: own }) => [name, own]));
    expect(notes.copy).toContain('The same as “a” in every row: one of the two is enough.');
    expect(notes.paint).toContain('The same as “colour” in every row: one of the two is enough.');
    expect(notes.nearly).toEqual(expect.not.arrayContaining([expect.stringContaining('The same as')]));
    expect(notes.sum.join() + notes.scaled.join() + notes.b.join()).toMatch(/[Cc]ombination of|multiple of/);
    for (const name of ['a', 'colour', 'target']) expect(notes[name]).toEqual([]);
  });
});
