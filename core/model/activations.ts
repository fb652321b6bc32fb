import type { Activation } from './spec';

/** The response g of an expert, applied to lines of linear scores. */
export interface ActivationFunction {
  readonly id: Activation;
  /** Overwrites scores[from .. to) by g of them. */
  respond(scores: Float64Array, from: number, to: number): void;
  /** Overwrites out[from .. to) by the slopes g'(score), given the scores before `respond`. */
  slope(scores: Float64Array, out: Float64Array, from: number, to: number): void;
}

const linear: ActivationFunction = {
  id: 'linear',
  respond: () => undefined,
  slope: (_scores, out, from, to) => void out.fill(1, from, to),
};

/** One entry an activation; an id that is missing here is refused before a fit starts. */
const activations: Partial<Record<Activation, ActivationFunction>> = { linear };

export const isImplemented = (id: Activation): boolean => activations[id] !== undefined;

export function activationOf(id: Activation): ActivationFunction {
  const found = activations[id];
  if (!found) throw new Error(`Activation ${id} reached a kernel: refusals must come first.`);
  return found;
}
