import type { TerminationCode } from '../fit/method';
import { count, plainNumber } from '../evaluate/words';

interface Ending {
  readonly code: string;
  readonly iterations: number;
  readonly seconds: number;
}

/** What each ending means, after "... iterations in ... s", and what to do about it. */
const meanings: Readonly<Record<TerminationCode, string>> = {
  converged: 'Converged',
  'iteration-limit': 'Stopped at the iteration limit before it converged; raise --max-iterations to go on',
  'time-limit': 'Stopped at the time limit before it converged; raise --time-limit to go on',
  cancelled: 'Stopped on request; this is the best so far',
  diverged: 'The parameters ran away; try fewer experts or another seed',
  'expert-emptied': 'One expert lost all its rows; try one expert fewer',
  'experts-coincide': 'Two experts became the same; try one expert fewer',
  'sigma-floor': 'One expert fits a few rows exactly; try --noise shared',
  'not-identified': 'The data do not tell the experts apart; try fewer experts',
  'numerical-failure': 'The arithmetic broke down; check the inputs for extreme values',
};

const isCode = (code: string): code is TerminationCode => Object.hasOwn(meanings, code);

export function terminationSentence({ code, iterations, seconds }: Ending): string {
  const meaning = isCode(code) ? meanings[code] : code;
  const named = code === 'converged' ? '' : `${code}, `;
  return `${meaning} (${named}${count(iterations, 'iteration')}, ${plainNumber(seconds, 2)} s).`;
}

/** Endings without a usable model: exit status 3. Every other one keeps its best parameters and exits 0. */
export const isUnusable = (code: string): boolean => code === 'diverged' || code === 'numerical-failure';
