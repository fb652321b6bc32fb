/** The optimisers of stochastic gradient descent; ids are public (method options). */
export const optimiserIds = ['adam', 'sgd'] as const;
export type OptimiserId = (typeof optimiserIds)[number];

/** A rule of descent, with whatever it remembers of earlier gradients. */
export interface Optimiser {
  /** Moves `point` down along the gradient, in place. */
  step(point: Float64Array, gradient: Float64Array, rate: number): void;
}

export const optimiserOf = (id: OptimiserId, size: number): Optimiser => (id === 'adam' ? adam(size) : sgd);

const sgd: Optimiser = {
  step(point, gradient, rate) {
    for (let j = 0; j < point.length; j++) point[j] -= rate * gradient[j];
  },
};

/** Decay of Adam's means of the gradient and of its square, and what keeps it from dividing by 0 (Kingma & Ba 2015). */
const FIRST = 0.9;
const SECOND = 0.999;
const EPSILON = 1e-8;

function adam(size: number): Optimiser {
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  let steps = 0;
  return {
    step(point, gradient, rate) {
      steps++;
      const [bias, squareBias] = [1 - FIRST ** steps, 1 - SECOND ** steps];
      for (let j = 0; j < size; j++) {
        first[j] += (1 - FIRST) * (gradient[j] - first[j]);
        second[j] += (1 - SECOND) * (gradient[j] ** 2 - second[j]);
        point[j] -= (rate * (first[j] / bias)) / (Math.sqrt(second[j] / squareBias) + EPSILON);
      }
    },
  };
}

/** A rate that falls from `first` to `last` over the steps along half a cosine (Loshchilov & Hutter 2017). */
export const cosineRate = (first: number, last: number, step: number, steps: number): number =>
  last + ((first - last) / 2) * (1 + Math.cos((Math.PI * step) / Math.max(1, steps - 1)));

/** Shortens the gradient, in place, to a length of at most `most`. */
export function clip(gradient: Float64Array, most: number): void {
  let square = 0;
  for (let j = 0; j < gradient.length; j++) square += gradient[j] * gradient[j];
  const shrink = most / Math.sqrt(square);
  if (shrink < 1) for (let j = 0; j < gradient.length; j++) gradient[j] *= shrink;
}
