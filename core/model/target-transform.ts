import { z } from 'zod';
import { inBlocks, type Steps } from '../turns';
import { normalRule } from './gauss-hermite';
import { forward, inverse, logSlope, transform, transformedName, type Transform } from './transform';

/**
 * The target as the experts predict it, in model.json: their lines and sigmas are of `transform`(target). `sentence` says how a prediction
 * becomes one of the target. Where the mean has no closed form, E f(N(mu, sigma²)) = Σ_q weights_q f(mu + sigma nodes_q).
 */
export const targetTransform = transform.and(
  z.object({
    sentence: z.string(),
    rule: z.object({ nodes: z.array(z.number()), weights: z.array(z.number()) }).optional(),
  }),
);
export type TargetTransform = z.infer<typeof targetTransform>;

/** A mean is that of a normal distribution seen through the inverse: twenty nodes give it to rounding wherever the inverse is smooth. */
const NODES = 20;

/** What model.json says of a transform of this target. */
export function targetTransformOf(transform: Transform, target: string): TargetTransform {
  const name = transformedName(transform.kind, target);
  if (transform.kind === 'log')
    return {
      ...transform,
      sentence: `The experts predict ${name}: the prediction of ${target} is sum_i p_i exp(mu_i + sigma_i^2 / 2).`,
    };
  const { nodes, weights } = normalRule(NODES);
  const back = {
    log1p: 'exp(t) - 1',
    sqrt: 't^2 where t is above 0, else 0',
    'yeo-johnson':
      'with L = lambda: ((1 + L t)^(1/L) - 1) where t is not below 0 (exp(t) - 1 for L = 0), else 1 - (1 - (2 - L) t)^(1/(2 - L)) (1 - exp(-t) for L = 2)',
  }[transform.kind];
  return {
    ...transform,
    sentence: `The experts predict ${name}: the prediction of ${target} is sum_i p_i sum_q weights_q f(mu_i + sigma_i nodes_q), where f(t) is ${back}.`,
    rule: { nodes: [...nodes], weights: [...weights] },
  };
}

/** Mean and variance in the target's units of an expert that is N(mu, sigma²) of the transformed target. */
export interface Retransformed {
  mean: number;
  variance: number;
}

/** @param out  written and returned: one for many rows */
export function retransform(target: TargetTransform, mu: number, sigma: number, out: Retransformed): Retransformed {
  if (target.rule === undefined) {
    // The log-normal distribution.
    out.mean = Math.exp(mu + (sigma * sigma) / 2);
    out.variance = out.mean * out.mean * Math.expm1(sigma * sigma);
    return out;
  }
  const { nodes, weights } = target.rule;
  out.mean = 0;
  for (let q = 0; q < nodes.length; q++) out.mean += weights[q] * inverse(target, mu + sigma * nodes[q]);
  out.variance = 0;
  for (let q = 0; q < nodes.length; q++)
    out.variance += weights[q] * (inverse(target, mu + sigma * nodes[q]) - out.mean) ** 2;
  return out;
}

/** Targets as the experts are fitted to them. In turns. */
export function* transformedTargets(transform: Transform, actual: Float64Array): Steps<Float64Array> {
  const fitted = new Float64Array(actual.length);
  yield* inBlocks(actual.length, 10, (from, to) => {
    for (let i = from; i < to; i++) fitted[i] = forward(transform, actual[i]);
  });
  return fitted;
}

/** Adds what a log density of the transformed target gains to be one of the target, in turns. @param logDensity  changed in place */
export function* addLogSlopes(transform: Transform, actual: Float64Array, logDensity: Float64Array): Steps<void> {
  yield* inBlocks(actual.length, 10, (from, to) => {
    for (let i = from; i < to; i++) logDensity[i] += logSlope(transform, actual[i]);
  });
}
