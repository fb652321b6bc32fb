import type { DesignRecipe, Split } from '../types';

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`;
const share = (fraction: number, rest: string): string => (fraction === 0 ? 'nothing' : `${percent(fraction)}${rest}`);

/** Which rows are held out, in words that follow "held out:". */
export function splitWords(split: Split): string {
  switch (split.kind) {
    case 'fraction':
      return share(split.fraction, `, seed ${split.seed}`);
    case 'rows':
      return `${split.test.length.toLocaleString('en')} named ${split.test.length === 1 ? 'row' : 'rows'}`;
    case 'grouped':
      return share(split.fraction, ` in groups of “${split.column}”, seed ${split.seed}`);
    case 'ordered':
      return share(
        split.fraction,
        `, the last in the order of ${split.column === null ? 'the file' : `“${split.column}”`}`,
      );
    case 'column':
      return `rows with ${split.test.map((value) => `“${value}”`).join(' or ')} in “${split.column}”`;
    case 'fold': {
      const groups = split.groups === null ? '' : ` in groups of “${split.groups}”`;
      return `fold ${split.fold + 1} of ${split.folds}${groups}, repeat ${split.repeat + 1}, seed ${split.seed}`;
    }
  }
}

/** How the inputs are scaled for the fit, in a word or two. */
export const scalingWords: Readonly<Record<DesignRecipe['preprocess'], string>> = {
  standardise: 'standardised',
  robust: 'scaled by median and quartiles',
  whiten: 'whitened',
  none: 'as they are',
};
