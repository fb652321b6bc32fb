import { fixed } from '../../format';

/** How two columns go together, over the rows that have both. NaN where it cannot be told. */
export interface Relation {
  readonly pearson: number;
  readonly spearman: number;
  readonly n: number;
}

/** Two decimals and a true minus: −0.83. */
export const writtenR = (r: number): string => fixed(r, 2);

/** Beyond two standard errors of no correlation at all. */
export const isClear = (r: number, n: number): boolean => n > 3 && Math.abs(r) > 2 / Math.sqrt(n - 1);

/** What the correlations say of y as x grows, or null where they say nothing. */
export function relationFinding(x: string, y: string, { pearson, spearman, n }: Relation): string | null {
  // Ranks see every rise and fall, bent ones too.
  const r = Number.isNaN(spearman) ? pearson : spearman;
  if (Number.isNaN(r)) return null;
  if (!isClear(r, n)) return `${y} neither rises nor falls clearly with ${x}`;
  const way = r > 0 ? 'rise' : 'fall';
  const strength = Math.abs(r);
  if (strength < 0.2) return `${y} ${way}s only slightly as ${x} rises`;
  const bent = strength - Math.abs(pearson) > 0.1 ? ', along a curve' : '';
  return strength < 0.6 ? `${y} tends to ${way} as ${x} rises${bent}` : `${y} ${way}s as ${x} rises${bent}`;
}
