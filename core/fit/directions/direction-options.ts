import type { Problem } from '../../model/problem';
import { type AppError, fail } from '../../result';
import type { Option, Settings } from '../method';

/** What the directions are taken from: the target itself, or what a common least-squares line leaves of it. */
export type Base = 'none' | 'least-squares';

/** The option of every method that finds directions first. */
export const baseOption: Option = {
  name: 'base',
  label: 'Base',
  meaning:
    'With intercepts and linear experts: whether the directions are those of the target or of what a common least-squares line leaves of it; or both, and the higher training log-likelihood is kept.',
  advanced: true,
  type: 'choice',
  choices: [
    { value: 'auto', label: 'The better of both' },
    { value: 'none', label: 'The target' },
    { value: 'least-squares', label: 'Residuals of least squares' },
  ],
  default: 'auto',
};

/** The bases to try, complete settings supposed. */
export function basesOf({ intercept, activation }: Problem, { options }: Settings): readonly Base[] {
  // Without intercepts there is no line to take away, and a line taken away before a nonlinear response leaves no such response.
  if (!intercept || activation.id !== 'linear') return ['none'];
  return options.base === 'auto' ? ['none', 'least-squares'] : [options.base as Base];
}

/** Why directions of so many experts cannot be found, or null. */
export function directionsRefusal({ k, expertColumns }: Problem): AppError | null {
  const columns = expertColumns.reduce((count, flag) => count + flag, 0);
  if (k <= columns) return null;
  return fail(
    'fit/more-experts-than-features',
    `Directions from moments are at most as many as feature columns, and there are ${columns} for ${k} experts: use fewer experts, more features or another method.`,
    { experts: k, columns },
  ).error;
}
