import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { neverCancelled } from '../../core/kernels/pass';
import { logLikelihood } from '../../core/model/likelihood';
import type { MemoryRows } from '../../core/model/problem';
import type { Parameters } from '../../core/model/spec';

interface Fit {
  /** One line a component: intercept, slopes, sigma. */
  readonly experts: number[][];
  readonly gates: number[][];
  readonly rows: { x: number[]; y: number; logDensity: number }[];
}

/** Made by flexmix.py, which also prints the sums over all rows that flexmix reports. */
const fits = Object.entries<Fit>(JSON.parse(readFileSync(new URL('flexmix.json', import.meta.url), 'utf8')));

test.each(fits)(
  'the log density of rows at the parameters flexmix found agrees with an independent program: %s',
  (_name, fit) => {
    const d = fit.rows[0].x.length;
    const parameters: Parameters = {
      k: fit.experts.length,
      d,
      expertWeights: Float64Array.from(fit.experts.flatMap((expert) => expert.slice(1, -1))),
      expertIntercepts: Float64Array.from(fit.experts, (expert) => expert[0]),
      sigmas: Float64Array.from(fit.experts, (expert) => expert[d + 1]),
      gateWeights: Float64Array.from(fit.gates.flatMap((gate) => gate.slice(1))),
      gateIntercepts: Float64Array.from(fit.gates, (gate) => gate[0]),
    };
    const rowsOf = (rows: Fit['rows']): MemoryRows => ({
      n: rows.length,
      x: Float64Array.from(rows.flatMap((row) => row.x)),
      y: Float64Array.from(rows, (row) => row.y),
      weights: null,
    });
    const valueOf = (rows: Fit['rows']) => logLikelihood(rowsOf(rows), parameters, { id: 'linear' }, neverCancelled());
    for (const row of fit.rows) expect(Math.abs(valueOf([row]) / row.logDensity - 1)).toBeLessThan(1e-12);
    const sum = fit.rows.reduce((total, row) => total + row.logDensity, 0);
    expect(Math.abs(valueOf(fit.rows) / sum - 1)).toBeLessThan(1e-12);
  },
);
