import type { Check } from '../../../core/evaluate/types';
import type { Prepared } from '../../stores/preparation';

/** The checks that matter here: those of every fit, and of the others those that a chosen method rests on. */
export function ownChecks(
  { checks, methods }: Pick<Prepared, 'checks' | 'methods'>,
  chosen: readonly string[],
): Check[] {
  const idsOf = (outlooks: Prepared['methods']) =>
    new Set(outlooks.flatMap(({ assumes }) => assumes.map(({ id }) => id)));
  const special = idsOf(methods);
  const mine = idsOf(methods.filter(({ id }) => chosen.includes(id)));
  return checks.filter(({ id }) => !special.has(id) || mine.has(id));
}
