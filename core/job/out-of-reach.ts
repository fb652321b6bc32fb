import { activationWords } from '../model/activations';
import type { Problem } from '../model/problem';
import { columnOf } from '../model/row-windows';
import type { ActivationId } from '../model/spec';
import { percent } from '../evaluate/words';

/** What g can say at all, in fit coordinates, where it cannot say everything. */
const reach: Readonly<Partial<Record<ActivationId, { least: number; most: number; words: string }>>> = {
  sigmoid: { least: 0, most: 1, words: 'outside 0 to 1' },
  tanh: { least: -1, most: 1, words: 'outside −1 to 1' },
  relu: { least: 0, most: Number.POSITIVE_INFINITY, words: 'below 0' },
};

/** Noise takes some rows of a model that is right out of reach, never most of them. */
const MOST = 0.5;

/** Said where no expert can come near most of the training rows: a target that is not scaled, behind a response that is bounded. */
export function outOfReach({ activation, train, d }: Problem): string | null {
  const range = reach[activation.id];
  if (range === undefined) return null;
  const y = columnOf(train, d, d);
  const outside = y.reduce((count, value) => count + (value < range.least || value > range.most ? 1 : 0), 0) / train.n;
  return outside <= MOST
    ? null
    : `${percent(outside)} of the training rows lie ${range.words}, where ${activationWords[activation.id]} experts cannot come as long as the target is not scaled: let it be scaled, which needs intercepts, or choose linear experts.`;
}
