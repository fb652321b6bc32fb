import type { ActivationId } from '../../../core/model/spec';

/** An expert's response in words: its name, and what it does and when. */
export interface ActivationWords {
  readonly value: ActivationId;
  readonly label: string;
  readonly meaning: string;
}

export const activations: readonly ActivationWords[] = [
  {
    value: 'linear',
    label: 'Linear',
    meaning: 'Each expert is a straight line in its features, and its equation reads as it stands.',
  },
  {
    value: 'sigmoid',
    label: 'Sigmoid',
    meaning: 'Each expert goes from one level to another in an S: for a target that levels off at both ends.',
  },
  {
    value: 'tanh',
    label: 'Tanh',
    meaning: 'An S like the sigmoid’s, but even about its middle: for a target that levels off at both ends.',
  },
  {
    value: 'relu',
    label: 'ReLU',
    meaning: 'Each expert is flat up to a threshold and a straight line beyond: for effects that begin somewhere.',
  },
  {
    value: 'leaky-relu',
    label: 'Leaky ReLU',
    meaning: 'A straight line with a bend: below the threshold its slope is the leak times the slope above.',
  },
];

/** The name as it stands within a sentence. */
export const activationWords: Readonly<Record<ActivationId, string>> = {
  linear: 'linear',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'ReLU',
  'leaky-relu': 'leaky ReLU',
};
