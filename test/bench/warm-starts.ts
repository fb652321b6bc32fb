/**
 * Would a fit of k experts that begins at the best fit of k − 1, one expert split in two, find the same optimum as random restarts?
 *   node scripts/run-ts.mjs test/bench/warm-starts.ts <table.csv> [more tables] [--experts 2,3,4,5] [--splits 5]
 * For every split of the rows (80/20): ten random restarts of joint EM, and from the best of ten at k − 1 a start for each expert and each
 * way to split it. Both are compared with the best end that any of them reached.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Table } from '../../core/data/table';
import { chooseBest } from '../../core/fit/race';
import type { StartResult } from '../../core/fit/run';
import { emptyParameters, type Parameters } from '../../core/model/spec';
import { random, type Random } from '../../core/random';
import { fromGiven, fromRandom, openReal, problemOn, SAME } from './real-tables';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { experts: { type: 'string', default: '2,3,4,5' }, splits: { type: 'string', default: '5' } },
});
if (positionals.length === 0)
  throw new Error('Name the tables: CSV files whose target is proposed when they are opened.');
const RESTARTS = 10;

/** How the two halves of an expert differ from it: by their parts of the rows, their levels, or their slopes. */
const WAYS = ['gate', 'level', 'slope'] as const;

/** The mixture with one expert twice, half its weight each, moved apart. In standardised inputs. */
function split({ k, d, ...from }: Parameters, expert: number, way: (typeof WAYS)[number], stream: Random): Parameters {
  const to = emptyParameters(k + 1, d);
  // Before the last, whose gate is 0 and stays so until EM takes the differences.
  to.expertWeights.set(from.expertWeights);
  to.expertIntercepts.set(from.expertIntercepts);
  to.sigmas.set(from.sigmas);
  to.gateWeights.set(from.gateWeights);
  to.gateIntercepts.set(from.gateIntercepts);
  const row = (weights: Float64Array, i: number) => weights.subarray(i * d, (i + 1) * d);
  row(to.expertWeights, k).set(row(from.expertWeights, expert));
  row(to.gateWeights, k).set(row(from.gateWeights, expert));
  to.expertIntercepts[k] = from.expertIntercepts[expert];
  to.sigmas[k] = from.sigmas[expert];
  to.gateIntercepts[expert] -= Math.LN2;
  to.gateIntercepts[k] = to.gateIntercepts[expert];
  const apart = from.sigmas[expert] / 2;
  const push = (weights: Float64Array, size: number) => {
    for (let j = 0; j < d; j++) {
      const step = size * stream.normal();
      weights[expert * d + j] += step;
      weights[k * d + j] -= step;
    }
  };
  if (way === 'gate') push(to.gateWeights, 1);
  else if (way === 'slope') push(to.expertWeights, apart);
  else {
    to.expertIntercepts[expert] += apart;
    to.expertIntercepts[k] -= apart;
  }
  return to;
}

const bestOf = (results: readonly StartResult[]): StartResult => results[chooseBest(results)];
const iterationsOf = (results: readonly StartResult[]): number =>
  results.reduce((sum, { iterations }) => sum + iterations, 0);

/** Both ways to k experts on one split; `before` is the best of random restarts at k − 1. */
async function compare(table: Table, k: number, seed: number, before: StartResult) {
  const problem = await problemOn(table, k, seed);
  const cold = fromRandom(problem, RESTARTS, seed);
  const stream = random(seed, 3_000_000 + k);
  const warm = Array.from({ length: k - 1 }, (_, expert) =>
    WAYS.flatMap((way) => fromGiven(problem, split(before.parameters, expert, way, stream), seed)),
  ).flat();
  const top = Math.max(bestOf(cold).objective, bestOf(warm).objective);
  const short = (results: readonly StartResult[]) => ({
    gap: (top - bestOf(results).objective) / problem.train.n,
    starts: results.length,
    iterations: iterationsOf(results),
  });
  return { cold: short(cold), warm: short(warm) };
}

const temp = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
for (const file of positionals) {
  const table = await openReal(file, temp);
  const seeds = Array.from({ length: Number(values.splits) }, (_, i) => i + 1);
  for (const k of values.experts.split(',').map(Number)) {
    const compared = [];
    for (const seed of seeds) {
      const before = bestOf(fromRandom(await problemOn(table, k - 1, seed), RESTARTS, seed));
      compared.push(await compare(table, k, seed, before));
    }
    for (const which of ['cold', 'warm'] as const) {
      const all = compared.map((one) => one[which]);
      const mean = (part: 'starts' | 'iterations') => all.reduce((sum, one) => sum + one[part], 0) / all.length;
      console.log(
        `${basename(file)} k=${k}, ${which === 'cold' ? 'random restarts' : 'splits of the best of k − 1'}: the best known end in ${all.filter(({ gap }) => gap <= SAME).length} of ${all.length}, at most ${Math.max(...all.map(({ gap }) => gap)).toFixed(4)} nats a row short; ${mean('starts').toFixed(0)} starts, ${mean('iterations').toFixed(0)} iterations`,
      );
    }
  }
  await table.close();
}
rmSync(temp, { recursive: true });
