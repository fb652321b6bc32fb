import { expect, test } from 'vitest';
import { permutation, random } from '../../core/random';

/** Correlation of two samples times sqrt(n): about standard normal where they have nothing to do with each other. */
function z(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (term: (i: number) => number) => a.reduce((total, _, i) => total + term(i), 0);
  const product = sum((i) => (a[i] - ma) * (b[i] - mb));
  const size = Math.sqrt(sum((i) => (a[i] - ma) ** 2) * sum((i) => (b[i] - mb) ** 2));
  return (product / size) * Math.sqrt(a.length);
}

const SEEDS = Array.from({ length: 2000 }, (_, seed) => seed);
const DRAWS = 8;
/** The first draws of a stream: one list a draw, over the seeds. */
const firstDraws = (seedOf: (seed: number) => number, stream: number) => {
  const lists: number[][] = Array.from({ length: DRAWS }, () => []);
  for (const seed of SEEDS) {
    const source = random(seedOf(seed), stream);
    for (const list of lists) list.push(source.uniform());
  }
  return lists;
};
const base = firstDraws((seed) => seed, 0);

test.each<[string, number[][]]>([
  ['the next stream', firstDraws((seed) => seed, 1)],
  ['the stream of the split', firstDraws((seed) => seed, 1_000_000)],
  ['the next seed', firstDraws((seed) => seed + 1, 0)],
])('the first draws of a stream have nothing to do with those of %s', (_name, other) => {
  // 64 pairs: the largest of so many standard normals is below 4.5 but for one time in 2,000.
  const most = Math.max(...base.flatMap((a) => other.map((b) => Math.abs(z(a, b)))));
  expect(most).toBeLessThan(4.5);
});

test('the first draws of neighbouring seeds are spread as at random, neither clustered nor even', () => {
  for (const list of base) {
    const counts = new Array<number>(100).fill(0);
    for (const value of list) counts[Math.floor(100 * value)]++;
    const expected = SEEDS.length / 100;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 99 degrees of freedom: mean 99, standard deviation 14.
    expect(Math.abs(chiSquare - 99)).toBeLessThan(4 * 14);
  }
});

test('the same seed and stream give the same draws', () => {
  const [one, other] = [random(7, 3), random(7, 3)];
  for (let i = 0; i < 20; i++) expect([one.uniform(), one.normal()]).toEqual([other.uniform(), other.normal()]);
  expect(random(7, 4).uniform()).not.toBe(random(7, 3).uniform());
});

test('normal draws have mean 0, variance 1 and no skewness, within five standard errors', () => {
  const stream = random(11);
  const n = 100_000;
  const values = Array.from({ length: n }, () => stream.normal());
  const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / n;
  expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
});

test('a permutation holds every number once, and every number is equally likely to come first', () => {
  const stream = random(5);
  const first = new Array<number>(5).fill(0);
  for (let i = 0; i < 5000; i++) {
    const order = permutation(5, stream);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
    first[order[0]]++;
  }
  // Binomial(5000, 1/5): standard deviation 28.
  for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(5 * 28);
});
