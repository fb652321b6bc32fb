import type { TerminationCode } from '../../../core/fit/method';
import { count } from '../../format';
import type { Light } from '../../ui/light';

/** A way for a fit to end, in words: what is so, what it means for the result, and what to try, the likeliest help first. */
export interface TerminationHelp {
  readonly light: Exclude<Light, 'running' | 'waiting'>;
  readonly name: string;
  readonly meaning: string;
  readonly tries: readonly string[];
}

export const terminationHelp: Record<TerminationCode, TerminationHelp> = {
  converged: {
    light: 'green',
    name: 'Converged',
    meaning:
      'The last iterations gained less than the tolerance a row. This is an optimum, though other starts may find a higher one.',
    tries: [
      'See where the other starts ended: if few agree, run more starts.',
      'A smaller tolerance settles the last digits.',
    ],
  },
  'iteration-limit': {
    light: 'amber',
    name: 'Stopped at the iteration limit',
    meaning:
      'The fit was still improving when the iterations or, of a descent, the steps allowed were used up. The parameters are usable but not settled.',
    tries: [
      'Raise the iteration limit, or the steps of a descent.',
      'Try fewer experts: nearly equal experts converge very slowly.',
    ],
  },
  'time-limit': {
    light: 'amber',
    name: 'Stopped at the time limit',
    meaning:
      'The time allowed ran out. The best parameters until then are kept; another run on another computer may end elsewhere.',
    tries: ['Raise or remove the time limit.', 'Run fewer starts.'],
  },
  cancelled: {
    light: 'cancelled',
    name: 'Cancelled, best so far kept',
    meaning:
      'You stopped the fit. The best parameters seen until then are kept and marked as partial wherever they are shown.',
    tries: ['Run it again to let it finish.'],
  },
  diverged: {
    light: 'red',
    name: 'Diverged',
    meaning: 'The objective grew worse instead of better and the fit was stopped.',
    tries: [
      'Use a smaller step size.',
      'Standardise the inputs.',
      'Use EM from random starts, which cannot step too far.',
    ],
  },
  'expert-emptied': {
    light: 'amber',
    name: 'An expert was emptied',
    meaning: 'One expert lost all its rows: the data can be described with fewer experts than were asked for.',
    tries: ['Use one expert fewer.', 'Run more starts, or another seed.'],
  },
  'experts-coincide': {
    light: 'amber',
    name: 'Two experts coincide',
    meaning:
      'Two experts ended as the same equation, so the gate between them means nothing. Predictions are not affected.',
    tries: ['Use one expert fewer.', 'Run more starts, or another seed.'],
  },
  'sigma-floor': {
    light: 'red',
    name: 'An expert shrank onto a few rows',
    meaning:
      'The noise of one expert fell to its floor: it passes exactly through a few rows, and its likelihood says nothing about new ones.',
    tries: ['Use shared noise.', 'Use fewer experts.', 'Look for repeated rows, or a target with few distinct values.'],
  },
  'not-identified': {
    light: 'red',
    name: 'Not identified',
    meaning:
      'The data do not decide between different parameters. Predictions may be fine; coefficients must not be interpreted.',
    tries: ['Use fewer experts or features.', 'Leave out features that repeat others.', 'Use more rows.'],
  },
  'numerical-failure': {
    light: 'red',
    name: 'Numerical failure',
    meaning: 'A step could not be computed: a matrix had no inverse or a value was not finite.',
    tries: [
      'Leave out constant and duplicated features.',
      'Standardise the inputs.',
      'Use fewer experts, or another seed.',
    ],
  },
};

const isKnown = (code: string): code is TerminationCode => code in terminationHelp;

/** Help for any code; one from a newer core is shown as it stands. */
export const helpFor = (code: string): TerminationHelp =>
  isKnown(code)
    ? terminationHelp[code]
    : { light: 'amber', name: code, meaning: 'This version has no description of how the fit ended.', tries: [] };

interface Ending {
  readonly code: string;
  readonly iterations: number;
}

/** "Converged after 110 iterations". */
export function endingWords({ code, iterations }: Ending): string {
  const many = `${count(iterations)} iteration${iterations === 1 ? '' : 's'}`;
  const { name } = helpFor(code);
  if (code === 'iteration-limit') return `${name}, ${count(iterations)}`;
  if (code === 'converged' && iterations === 0) return 'Solved in one step';
  return code === 'converged' ? `${name} after ${many}` : `${name}, after ${many}`;
}
