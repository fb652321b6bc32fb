import { fittedTarget, type FitView } from '../../charts/fit-view';
import { significant, withUnit } from '../../format';
import { termOrder, termWords } from './terms';

/** What the columns do in words; of experts that are not linear the effects are averages, and that is said. */
export function effectsFinding(view: FitView): string {
  const finding = strongestEffect(view);
  if (view.result.report.model.activation === 'linear') return finding;
  return `On average, ${finding.replace(/^(One|The|No) /, (word) => word.toLowerCase())}`;
}

/** The column whose effect differs most between experts, in both its extremes; neutral where all experts agree on the sign and size. */
function strongestEffect(view: FitView): string {
  const { experts } = view.result;
  const [strongest] = termOrder(experts);
  if (strongest === undefined) return 'No column takes part in the equations';
  const fitted = fittedTarget(view);
  // Of a transform the number needs its name.
  const unit = fitted === view.target ? fitted.unit : `in ${fitted.label}`;
  const told = (value: number): string => withUnit(significant(value, 2), unit);
  const ofOne = (at: number): string => {
    const term = experts[0].terms[at];
    const words = termWords(view, term);
    // A level is either there or not.
    if (term.level !== null) return words.label;
    return words.unit ? `One ${words.unit} of ${words.label}` : `One more of ${words.label}`;
  };
  if (experts.length === 1) {
    const { slope } = experts[0].terms[strongest];
    return `${ofOne(strongest)} ${slope < 0 ? 'takes' : 'adds'} ${told(Math.abs(slope))}`;
  }
  const spread = (at: number): number => {
    const effects = experts.map((expert) => expert.terms[at].perSd);
    return Math.max(...effects) - Math.min(...effects);
  };
  const telling = [...experts[0].terms.keys()].sort((a, b) => spread(b) - spread(a))[0];
  const largest = Math.max(...experts.map((expert) => Math.abs(expert.terms[telling].perSd)));
  if (!(spread(telling) > 0.2 * largest)) return 'The experts differ in level more than in their slopes';
  const ordered = [...experts].sort((a, b) => b.terms[telling].slope - a.terms[telling].slope);
  const [high, low] = [ordered[0], ordered[ordered.length - 1]];
  // Where all take away, "takes 0.03, 0.12" reads better than "adds −0.03, −0.12".
  const sign = high.terms[telling].slope < 0 ? -1 : 1;
  const verb = sign < 0 ? 'takes' : 'adds';
  const in_ = (expert: (typeof experts)[number]): string => told(sign * expert.terms[telling].slope);
  return `${ofOne(telling)} ${verb} ${in_(high)} in expert ${high.letter}, ${in_(low)} in ${low.letter}`;
}
