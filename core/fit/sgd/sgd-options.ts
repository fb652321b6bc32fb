import type { Option, OptionValues } from '../method';
import { type OptimiserId, optimiserIds } from './optimiser';
import type { Descent } from './sgd';

/** The schedule of a stochastic descent; defaults are those of Gated-NN's experiments. */
export const sgdOptions: readonly Option[] = [
  {
    name: 'optimiser',
    label: 'Optimiser',
    meaning: 'How a gradient becomes a step: Adam sizes each number’s own, plain descent takes the gradient as it is.',
    type: 'choice',
    choices: [
      { value: 'adam', label: 'Adam' },
      { value: 'sgd', label: 'Plain' },
    ],
    default: 'adam',
  },
  {
    name: 'learningRate',
    label: 'Learning rate',
    meaning: 'Size of the first steps, with columns and target in unit scale; it falls along a cosine to a hundredth.',
    type: 'number',
    min: 1e-6,
    max: 10,
    default: 0.01,
  },
  {
    name: 'batch',
    label: 'Batch',
    meaning: 'Rows a step; as many as there are or more make it plain gradient descent.',
    type: 'number',
    min: 1,
    max: 1e9,
    default: 256,
  },
  {
    name: 'steps',
    label: 'Steps',
    meaning: 'Steps in all. The limit of iterations, passes over the rows, may end it before.',
    type: 'number',
    min: 1,
    max: 1e7,
    default: 4000,
  },
];

/** The schedule that a run's options say. */
export function scheduleOf(options: OptionValues): Pick<Descent, 'optimiser' | 'learningRate' | 'batch' | 'steps'> {
  const optimiser: OptimiserId = optimiserIds.find((id) => id === options.optimiser) ?? 'adam';
  return {
    optimiser,
    learningRate: Number(options.learningRate),
    batch: Math.round(Number(options.batch)),
    steps: Math.round(Number(options.steps)),
  };
}
