import type { RunResult } from '../../../core/protocol';
import type { StartsData } from '../../charts/starts-strip';

/** Where the starts of a run ended, grouped by the words of their label before its number: "random 4" is one of "Random". */
export const startsOf = ({ report }: RunResult): StartsData => ({
  ends: report.starts.map(({ label, logLikelihood, termination }) => ({
    label,
    kind: kindOf(label),
    logLikelihood,
    termination,
  })),
});

function kindOf(label: string): string {
  const words = label.replace(/[\s\d]+$/, '').replace(/ start$/i, '') || label;
  // "L4" ends in a figure that is part of its name.
  const kind = /^l\d$/i.test(label) ? label : words;
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
