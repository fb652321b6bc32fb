import { activationOf } from '../../../core/model/activations';
import { hasGateIntercepts } from '../../../core/model/gate';
import { neverCancelled } from '../../../core/kernels/pass';
import { predict } from '../../../core/model/predict';
import type { ProblemInMemory } from '../../../core/model/problem';
import type { Parameters } from '../../../core/model/spec';

/** One free number: of the gate or the line of an expert, on a line of z = (1, x), or of log σ (expert −1: all of them). */
export interface FreeNumber {
  readonly part: 'gate' | 'expert' | 'sigma';
  readonly expert: number;
  readonly line: number;
}

/** The free numbers in the order gates, experts, sigmas. */
export function freeNumbers(problem: ProblemInMemory): FreeNumber[] {
  const { k, d, noise, intercept, gateColumns, expertColumns } = problem;
  const lines = (constant: boolean, columns: Uint8Array) =>
    Array.from({ length: d + 1 }, (_, line) => line).filter((line) =>
      line === 0 ? constant : columns[line - 1] === 1,
    );
  const gate = lines(hasGateIntercepts(problem), gateColumns);
  const expert = lines(intercept, expertColumns);
  const each = (count: number) => Array.from({ length: count }, (_, i) => i);
  return [
    ...each(k - 1).flatMap((i) => gate.map((line) => ({ part: 'gate' as const, expert: i, line }))),
    ...each(k).flatMap((i) => expert.map((line) => ({ part: 'expert' as const, expert: i, line }))),
    ...(noise.kind === 'per-expert' ? each(k).map((i) => ({ part: 'sigma' as const, expert: i, line: 0 })) : []),
    ...(noise.kind === 'shared' ? [{ part: 'sigma' as const, expert: -1, line: 0 }] : []),
  ];
}

/** The values of the free numbers. */
export const valuesOf = (problem: ProblemInMemory, p: Parameters): number[] =>
  freeNumbers(problem).map(({ part, expert, line }) => {
    if (part === 'sigma') return Math.log(p.sigmas[Math.max(0, expert)]);
    const [intercepts, weights] =
      part === 'gate' ? [p.gateIntercepts, p.gateWeights] : [p.expertIntercepts, p.expertWeights];
    return line === 0 ? intercepts[expert] : weights[expert * p.d + line - 1];
  });

/**
 * Complete and missing information as dense matrices, by the definitions: the score of a row given its expert, s_i, row by row, and
 * I_m = Σ w (Σ_i r_i s_i s_i' − s̄ s̄'), with no thought of cost.
 */
export function denseInformation(problem: ProblemInMemory, parameters: Parameters) {
  const { train, k, d, activation, gateRidge, gateScale, pseudoRows } = problem;
  const numbers = freeNumbers(problem);
  const size = numbers.length;
  const complete = new Float64Array(size * size);
  const missing = new Float64Array(size * size);
  const { gates, means } = predict(train, parameters, activation, neverCancelled());
  const total = Array.from({ length: train.n }, (_, r) => train.weights?.[r] ?? 1).reduce((sum, w) => sum + w, 0);
  for (let r = 0; r < train.n; r++) {
    const w = train.weights?.[r] ?? 1;
    const z = (line: number) => (line === 0 ? 1 : train.x[r * d + line - 1]);
    const p = (i: number) => gates[r * k + i];
    const e = (i: number) => train.y[r] - means[r * k + i];
    const slope = (i: number) =>
      activationOf(activation).derivative(
        parameters.expertWeights
          .subarray(i * d, (i + 1) * d)
          .reduce((sum, a, j) => sum + a * z(j + 1), parameters.expertIntercepts[i]),
      );
    const experts = Array.from({ length: k }, (_, i) => i);
    const logs = experts.map(
      (i) => Math.log(p(i)) - 0.5 * (e(i) / parameters.sigmas[i]) ** 2 - Math.log(parameters.sigmas[i]),
    );
    const largest = Math.max(...logs);
    const density = logs.reduce((sum, log) => sum + Math.exp(log - largest), 0);
    const share = logs.map((log) => Math.exp(log - largest) / density);
    const scores = experts.map((i) =>
      numbers.map(({ part, expert, line }) => {
        if (part === 'gate') return ((i === expert ? 1 : 0) - p(expert)) * z(line);
        if (expert >= 0 && i !== expert) return 0;
        return part === 'expert'
          ? (e(i) * slope(i) * z(line)) / parameters.sigmas[i] ** 2
          : (e(i) / parameters.sigmas[i]) ** 2 - 1;
      }),
    );
    const mean = numbers.map((_, a) => experts.reduce((sum, i) => sum + share[i] * scores[i][a], 0));
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const [one, two] = [numbers[a], numbers[b]];
        missing[a * size + b] +=
          w * experts.reduce((sum, i) => sum + share[i] * (scores[i][a] - mean[a]) * (scores[i][b] - mean[b]), 0);
        if (one.part !== two.part) continue;
        const same = one.expert === two.expert ? 1 : 0;
        if (one.part === 'gate')
          complete[a * size + b] += w * p(one.expert) * (same - p(two.expert)) * z(one.line) * z(two.line);
        const told = (i: number) => w * (share[i] + pseudoRows / total);
        if (one.part === 'expert' && same)
          complete[a * size + b] +=
            (told(one.expert) * slope(one.expert) ** 2 * z(one.line) * z(two.line)) /
            parameters.sigmas[one.expert] ** 2;
        if (one.part === 'sigma' && same)
          complete[a * size + b] += experts
            .filter((i) => one.expert < 0 || i === one.expert)
            .reduce((sum, i) => sum + 2 * told(i) * (e(i) / parameters.sigmas[i]) ** 2, 0);
      }
    }
  }
  numbers.forEach((one, a) =>
    numbers.forEach((two, b) => {
      if (one.part === 'gate' && two.part === 'gate' && one.line === two.line && one.line > 0)
        complete[a * size + b] += gateRidge * gateScale[one.line - 1] ** 2 * ((a === b ? 1 : 0) - 1 / k);
    }),
  );
  return { complete, missing, size };
}
