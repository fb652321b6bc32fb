import type { Activation, ActivationId } from './spec';

/** The response g of an expert, applied to lines of linear scores. */
export interface ActivationFunction {
  /** g(score). */
  value(score: number): number;
  /** g'(score); at a kink the slope on its left. */
  derivative(score: number): number;
  /** Overwrites scores[from .. to) by g of them. */
  respond(scores: Float64Array, from: number, to: number): void;
  /** Overwrites out[from .. to) by the slopes g'(score), given the scores before `respond`. */
  slope(scores: Float64Array, out: Float64Array, from: number, to: number): void;
}

export const linear: Activation = { id: 'linear' };

/** Leak of a leaky ReLU where nothing else is said. */
export const DEFAULT_LEAK = 0.1;

/** The activation of an id; the leak matters to the leaky ReLU alone. */
export const activationNamed = (id: ActivationId, leak: number = DEFAULT_LEAK): Activation =>
  id === 'leaky-relu' ? { id, leak } : { id };

/** The activations as sentences name them. */
export const activationWords: Readonly<Record<ActivationId, string>> = {
  linear: 'linear',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'ReLU',
  'leaky-relu': 'leaky ReLU',
};

export function activationOf(activation: Activation): ActivationFunction {
  switch (activation.id) {
    case 'linear':
      return identity;
    case 'sigmoid':
      return sigmoid;
    case 'tanh':
      return tanh;
    case 'relu':
      return leaky(0);
    case 'leaky-relu':
      return leaky(activation.leak);
  }
}

/** g as a function over lines. */
const overLines = (value: (score: number) => number, derivative: (score: number) => number): ActivationFunction => ({
  value,
  derivative,
  respond(scores, from, to) {
    for (let at = from; at < to; at++) scores[at] = value(scores[at]);
  },
  slope(scores, out, from, to) {
    for (let at = from; at < to; at++) out[at] = derivative(scores[at]);
  },
});

const identity: ActivationFunction = {
  value: (score) => score,
  derivative: () => 1,
  respond: () => undefined,
  slope: (_scores, out, from, to) => void out.fill(1, from, to),
};

const logistic = (score: number) => 1 / (1 + Math.exp(-score));
const sigmoid = overLines(logistic, (score) => logistic(score) * logistic(-score));
const tanh = overLines(Math.tanh, (score) => 1 - Math.tanh(score) ** 2);

const leaky = (leak: number): ActivationFunction =>
  overLines(
    (score) => (score > 0 ? score : leak * score),
    (score) => (score > 0 ? 1 : leak),
  );
