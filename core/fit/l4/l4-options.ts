import type { Problem } from '../../model/problem';
import { weightOf } from '../../model/row-windows';
import { MOST_MONOMIALS } from '../../moments/label-tensor';
import { monomialCount } from '../../moments/monomials';
import type { MomentChoice } from '../../moments/regressor-directions';
import { type AppError, fail } from '../../result';
import { baseOption, directionsRefusal } from '../directions/direction-options';
import type { Option, Settings } from '../method';
import type { OptimiserId } from '../sgd/optimiser';

/** The options of l4-llog's own. */
export const l4Options: readonly Option[] = [
  {
    name: 'mode',
    label: 'Descent on L4',
    meaning:
      'On moments of all rows in the span of the experts, which is fast and bounded, or on mini-batches in all features as published, which a finite table has to hold by a ridge.',
    type: 'choice',
    choices: [
      { value: 'batch', label: 'All rows at once' },
      { value: 'streaming', label: 'Mini-batches (published)' },
    ],
    default: 'batch',
  },
  {
    name: 'moments',
    label: 'Moments',
    meaning:
      'All rows at once: whether the moments are estimated by regression on products of the features (needs three rows a product), by plain averages, or by regression where the rows allow.',
    advanced: true,
    type: 'choice',
    choices: [
      { value: 'auto', label: 'Best for the rows' },
      { value: 'regression', label: 'Regression' },
      { value: 'raw', label: 'Plain averages (published)' },
    ],
    default: 'auto',
  },
  number(
    'descents',
    'Descents',
    'All rows at once: random orthogonal starts of the descent, of which the lowest loss is kept.',
    1,
    100,
    5,
  ),
  number(
    'mu',
    'Weight of the diagonal (μ)',
    'How much L4 rewards each direction for itself; 0 takes 0.5 for all rows at once and 0.1 for mini-batches.',
    0,
    1,
    0,
  ),
  number(
    'lambda',
    'Weight of unit lengths (λ)',
    'How firmly L4 holds each direction at unit length; 0 takes what the moments ask for with all rows at once, and 30 for mini-batches.',
    0,
    1e6,
    0,
  ),
  baseOption,
  {
    name: 'optimiser',
    label: 'Optimiser',
    meaning: 'Mini-batches: the rule of descent.',
    advanced: true,
    type: 'choice',
    choices: [
      { value: 'adam', label: 'Adam' },
      { value: 'sgd', label: 'SGD' },
    ],
    default: 'adam',
  },
  number('batch', 'Rows a mini-batch', 'Mini-batches: rows a step; all rows where there are fewer.', 1, 1e6, 1024),
  number(
    'steps',
    'Steps',
    'Mini-batches: steps of the descent, while the learning rate falls to a hundredth.',
    1,
    1e6,
    4000,
  ),
  number(
    'learningRate',
    'Learning rate',
    'Mini-batches: the first rate; 0 takes 0.01 for Adam and 0.001 for SGD.',
    0,
    10,
    0,
  ),
  number(
    'delta',
    'Ridge on the directions (δ)',
    'Mini-batches: keeps the directions short. Without it the loss of a finite table has no lower bound.',
    0,
    1e6,
    5,
  ),
  number(
    'radius',
    'Radius of the gate',
    'How long a gate’s weights may become before a polish, in standard deviations of the features.',
    0.1,
    1e3,
    10,
  ),
  {
    name: 'split',
    label: 'Rows of its own for every gate step',
    meaning:
      'Deals the rows into parts at random and takes each step of the gate on a part of its own, as the theorem supposes; otherwise every step sees all rows.',
    advanced: true,
    type: 'boolean',
    default: false,
  },
  number('parts', 'Parts', 'With rows of its own for every step: how many parts, and steps.', 2, 1000, 10),
];

function number(name: string, label: string, meaning: string, min: number, max: number, value: number): Option {
  return { name, label, meaning, advanced: true, type: 'number', min, max, default: value };
}

/** The values of these options, complete settings supposed. */
export interface L4Settings {
  readonly streaming: boolean;
  readonly moments: MomentChoice;
  readonly descents: number;
  readonly mu: number;
  /** 0: from the moments. */
  readonly lambda: number;
  readonly optimiser: OptimiserId;
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly delta: number;
  readonly radius: number;
  /** Steps on parts of their own, or null where each step sees all rows. */
  readonly parts: number | null;
}

/** Where the descent on mini-batches has proved itself (measured): see docs/algorithms.md. */
const STREAMING = { mu: 0.1, lambda: 30, adam: 0.01, sgd: 0.001 };
const BATCH_MU = 0.5;

export function l4Settings({ options }: Settings): L4Settings {
  const streaming = options.mode === 'streaming';
  const value = (name: string) => Number(options[name]);
  const optimiser = options.optimiser as OptimiserId;
  return {
    streaming,
    moments: options.moments as MomentChoice,
    descents: Math.round(value('descents')),
    mu: value('mu') || (streaming ? STREAMING.mu : BATCH_MU),
    lambda: value('lambda') || (streaming ? STREAMING.lambda : 0),
    optimiser,
    batch: Math.round(value('batch')),
    steps: Math.round(value('steps')),
    learningRate: value('learningRate') || STREAMING[optimiser],
    delta: value('delta'),
    radius: value('radius'),
    parts: options.split === true ? Math.round(value('parts')) : null,
  };
}

/** Why these options cannot be had on this problem, or null. */
export function l4Refusal(problem: Problem, settings: Settings): AppError | null {
  const { train, k, d, expertColumns } = problem;
  const { streaming, moments, parts } = l4Settings(settings);
  const tooMany = directionsRefusal(problem);
  if (tooMany) return tooMany;
  const columns = expertColumns.reduce((count, flag) => count + flag, 0);
  const products = Math.max(monomialCount(columns, 2), monomialCount(k, 4));
  if (!streaming && moments === 'regression' && (products >= weightOf(train, d) || products > MOST_MONOMIALS)) {
    return fail(
      'fit/regression-moments',
      `Regression moments of ${k} experts over ${columns} feature columns have ${products} coefficients, too many for ${train.n} rows or for the memory: choose the moments that are best for the rows.`,
      { columns, products, rows: train.n },
    ).error;
  }
  if (parts !== null && parts > train.n) {
    return fail(
      'fit/split-parts',
      `The ${train.n} rows cannot be dealt into ${parts} parts for the steps of the gate: ask for fewer parts or let every step see all rows.`,
      { parts, rows: train.n },
    ).error;
  }
  return null;
}
