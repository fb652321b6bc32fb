import { z } from 'zod';

/** A monotone map of one number, with what was learnt for it. Features and the target use the same. */
export const transform = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('log') }),
  z.object({ kind: z.literal('log1p') }),
  z.object({ kind: z.literal('sqrt') }),
  z.object({ kind: z.literal('yeo-johnson'), lambda: z.number() }),
]);
export type Transform = z.infer<typeof transform>;
export type TransformKind = Transform['kind'];

/** Which numbers a transform does not take, in words that follow "is" or "are". */
export const refusedWords: Readonly<Record<TransformKind, string>> = {
  log: '0 or less',
  log1p: '−1 or less',
  sqrt: 'below 0',
  'yeo-johnson': 'not a number',
};

export function takes({ kind }: Pick<Transform, 'kind'>, x: number): boolean {
  if (kind === 'log') return x > 0;
  if (kind === 'log1p') return x > -1;
  return kind === 'sqrt' ? x >= 0 : !Number.isNaN(x);
}

/** The same of targets. The square root's slope has no end at 0: a row there would have an infinite density in the target's own units. */
export const refusedTargetWords: typeof refusedWords = { ...refusedWords, sqrt: refusedWords.log };

export const takesTarget = ({ kind }: Pick<Transform, 'kind'>, y: number): boolean =>
  takes({ kind: kind === 'sqrt' ? 'log' : kind }, y);

/** "log(Age)": how what comes out of a transform is called. */
export const transformedName = (kind: TransformKind, name: string): string => `${kind}(${name})`;

/** The transform of x; NaN where it does not take x. */
export function forward(transform: Transform, x: number): number {
  switch (transform.kind) {
    case 'log':
      return x > 0 ? Math.log(x) : Number.NaN;
    case 'log1p':
      return x > -1 ? Math.log1p(x) : Number.NaN;
    case 'sqrt':
      return x >= 0 ? Math.sqrt(x) : Number.NaN;
    case 'yeo-johnson':
      return x >= 0 ? power(Math.log1p(x), transform.lambda) : -power(Math.log1p(-x), 2 - transform.lambda);
  }
}

/**
 * The number whose transform is t. Below what a square root can be it is 0, and beyond the bounded side of a Yeo-Johnson transform
 * (lambda below 0 or above 2) it is infinite.
 */
export function inverse(transform: Transform, t: number): number {
  switch (transform.kind) {
    case 'log':
      return Math.exp(t);
    case 'log1p':
      return Math.expm1(t);
    case 'sqrt':
      return t > 0 ? t * t : 0;
    case 'yeo-johnson':
      return t >= 0 ? Math.expm1(root(t, transform.lambda)) : -Math.expm1(root(-t, 2 - transform.lambda));
  }
}

/** log |dt/dx| at x: what a log density of t gains to be one of x. */
export function logSlope(transform: Transform, x: number): number {
  switch (transform.kind) {
    case 'log':
      return -Math.log(x);
    case 'log1p':
      return -Math.log1p(x);
    case 'sqrt':
      return -Math.log(2) - 0.5 * Math.log(x);
    case 'yeo-johnson':
      return (transform.lambda - 1) * Math.sign(x) * Math.log1p(Math.abs(x));
  }
}

/** ((1 + x)^p − 1) / p with l = log(1 + x), and its limit l at p = 0. Without the cancellation of the power near 1. */
const power = (l: number, p: number): number => (p === 0 ? l : Math.expm1(p * l) / p);

/** The l of a power: log(1 + p t) / p. */
function root(t: number, p: number): number {
  if (p === 0) return t;
  return p * t > -1 ? Math.log1p(p * t) / p : Number.POSITIVE_INFINITY;
}
