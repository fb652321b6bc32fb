import type { FitView } from '../../charts/fit-view';
import { significant, withUnit } from '../../format';
import { termOrder, termWords } from './terms';

/** The column whose effect differs most between experts, in both its extremes; neutral where all experts agree on the sign and size. */
export function effectsFinding(view: FitView): string {
  const { experts } = view.result;
  const [strongest] = termOrder(experts);
  if (strongest === undefined) return 'No column takes part in the equations';
  const slope = (expert: (typeof experts)[number], at: number): string =>
    withUnit(significant(expert.terms[at].slope, 2), view.target.unit);
  const ofOne = (at: number): string => {
    const term = experts[0].terms[at];
    const words = termWords(view, term);
    // A level is either there or not.
    if (term.level !== null) return words.label;
    return words.unit ? `One ${words.unit} of ${words.label}` : `One more of ${words.label}`;
  };
  if (experts.length === 1) return `${ofOne(strongest)} adds ${slope(experts[0], strongest)}`;
  const spread = (at: number): number => {
    const effects = experts.map((expert) => expert.terms[at].perSd);
    return Math.max(...effects) - Math.min(...effects);
  };
  const telling = [...experts[0].terms.keys()].sort((a, b) => spread(b) - spread(a))[0];
  const largest = Math.max(...experts.map((expert) => Math.abs(expert.terms[telling].perSd)));
  if (!(spread(telling) > 0.2 * largest)) return 'The experts differ in level more than in their slopes';
  const ordered = [...experts].sort((a, b) => b.terms[telling].slope - a.terms[telling].slope);
  const [high, low] = [ordered[0], ordered[ordered.length - 1]];
  return `${ofOne(telling)} adds ${slope(high, telling)} in expert ${high.letter}, ${slope(low, telling)} in ${low.letter}`;
}
