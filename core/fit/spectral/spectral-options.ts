import { hasConstantGate } from '../../model/gate';
import type { Problem } from '../../model/problem';
import { weightOf } from '../../model/row-windows';
import type { DecompositionId } from '../../moments/decompose';
import { MOST_MONOMIALS } from '../../moments/label-tensor';
import { monomialCount } from '../../moments/monomials';
import type { MomentChoice } from '../../moments/regressor-directions';
import { type AppError, fail } from '../../result';
import type { Option, Settings } from '../method';
import { type Base, baseOption, basesOf, directionsRefusal } from '../directions/direction-options';
import type { Gating } from './spectral-gating';

/** The options of spectral-em's own. */
export const spectralOptions: readonly Option[] = [
  {
    name: 'moments',
    label: 'Moments',
    meaning:
      'How the moments are estimated: by regression on all products of the features (needs three rows a product), by plain averages as published, with the score functions of a mixture of normal distributions fitted to the features, or by regression where the rows allow and by averages otherwise.',
    type: 'choice',
    choices: [
      { value: 'auto', label: 'Best for the rows' },
      { value: 'regression', label: 'Regression' },
      { value: 'raw', label: 'Plain averages (published)' },
      { value: 'gmm', label: 'Averages for a mixture of normals (published)' },
    ],
    default: 'auto',
  },
  {
    name: 'components',
    label: 'Normals in the mixture',
    meaning:
      'With the mixture of normals: how many there are, a whole number; 0 takes one more as long as that lowers the Bayesian information criterion, at most 6.',
    advanced: true,
    type: 'number',
    min: 0,
    max: 20,
    default: 0,
  },
  {
    name: 'decomposition',
    label: 'Decomposition',
    meaning:
      'How the third moments are taken apart into directions: Jacobi rotations need no starting point; the others keep the best of several random ones.',
    advanced: true,
    type: 'choice',
    choices: [
      { value: 'jacobi', label: 'Jacobi rotations' },
      { value: 'power', label: 'Tensor power method (published)' },
      { value: 'orth-als', label: 'Orthogonalised alternating least squares' },
    ],
    default: 'jacobi',
  },
  {
    name: 'gating',
    label: 'Gate found by',
    meaning:
      'How the gate is found between the directions: by EM, by EM with one gradient step an iteration, or, for two experts, its direction from a moment and only its size by likelihood.',
    advanced: true,
    type: 'choice',
    choices: [
      { value: 'em', label: 'EM' },
      { value: 'gradient-em', label: 'Gradient EM (published)' },
      { value: 'moments', label: 'Moments, two experts (published)' },
    ],
    default: 'em',
  },
  baseOption,
];

/** The values of these options, complete settings supposed. */
export interface SpectralSettings {
  readonly moments: MomentChoice | 'gmm';
  readonly components: number;
  readonly decomposition: DecompositionId;
  readonly gating: Gating;
  /** The bases to try. */
  readonly bases: readonly Base[];
}

export function spectralSettings(problem: Problem, settings: Settings): SpectralSettings {
  const { moments, components, decomposition, gating } = settings.options as Record<string, string>;
  return {
    moments: moments as SpectralSettings['moments'],
    components: Math.round(Number(components)),
    decomposition: decomposition as DecompositionId,
    gating: gating as Gating,
    bases: basesOf(problem, settings),
  };
}

/** Why these options cannot be had on this problem, or null. */
export function spectralRefusal(problem: Problem, settings: Settings): AppError | null {
  const { train, k, d, expertColumns } = problem;
  const { moments, gating } = spectralSettings(problem, settings);
  const tooMany = directionsRefusal(problem);
  if (tooMany) return tooMany;
  if (gating === 'moments' && k !== 2) {
    return fail(
      'fit/moment-gate',
      `The moment of the gate is that of two experts and there are ${k}: let EM find the gate, or fit two experts.`,
      { experts: k },
    ).error;
  }
  if (gating === 'moments' && hasConstantGate(problem)) {
    return fail(
      'fit/moment-gate',
      'A gate of constant proportions has no direction that a moment could find: let EM find the gate.',
    ).error;
  }
  const columns = expertColumns.reduce((count, flag) => count + flag, 0);
  const products = Math.max(monomialCount(columns, 2), monomialCount(k, 3));
  if (moments === 'regression' && (products >= weightOf(train, d) || products > MOST_MONOMIALS)) {
    return fail(
      'fit/regression-moments',
      `Regression moments of ${k} experts over ${columns} feature columns have ${products} coefficients, too many for ${train.n} rows or for the memory: choose the moments that are best for the rows.`,
      { columns, products, rows: train.n },
    ).error;
  }
  return null;
}
