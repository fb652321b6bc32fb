import { type CellKind } from './cell-kind';
import type { Dialect } from './types';

/** What the cells of a sample say about the decimal mark. */
export interface DecimalEvidence {
  /** Numbers only a decimal point explains: 79.98, 1,234.5. */
  point: number;
  /** Numbers only a decimal comma explains: 0,66, 1.234,5. */
  comma: number;
  /** 1.234 and 1,234: a decimal mark, or a thousands mark. */
  doubtfulPoint: number;
  doubtfulComma: number;
  /** One cell of each, for the sentence. */
  pointExample: string;
  commaExample: string;
}

export const noDecimals = (): DecimalEvidence => ({
  point: 0,
  comma: 0,
  doubtfulPoint: 0,
  doubtfulComma: 0,
  pointExample: '',
  commaExample: '',
});

/** Adds one trimmed cell to the evidence. */
export function weighDecimal(evidence: DecimalEvidence, kind: CellKind, text: string): void {
  let point = kind === 'point';
  let comma = kind === 'comma';
  if (kind === 'grouped') {
    const marks = text.replace(/[^.,]/g, '');
    if (marks === '.') evidence.doubtfulPoint++;
    else if (marks === ',') evidence.doubtfulComma++;
    else {
      // The last of two different marks is the decimal mark; a mark met twice is not.
      point = marks.endsWith('.') && marks.includes(',');
      comma = marks.endsWith(',') && marks.includes('.');
    }
    if (marks.endsWith('.') && !evidence.pointExample) evidence.pointExample = text;
    if (marks.endsWith(',') && !evidence.commaExample) evidence.commaExample = text;
  }
  if (point) {
    if (evidence.point++ === 0) evidence.pointExample = text;
  } else if (comma) {
    if (evidence.comma++ === 0) evidence.commaExample = text;
  }
}

/**
 * The decimal mark the evidence speaks for. "1,234" alone decides nothing in a comma-separated file, where it was quoted because
 * it holds a comma; elsewhere a lone comma is taken for the decimal mark, and `doubtful` says that it could mark thousands.
 */
export function chooseDecimal(
  evidence: DecimalEvidence,
  delimiter: Dialect['delimiter'],
): { decimal: Dialect['decimal']; doubtful: boolean } {
  if (evidence.comma > evidence.point) return { decimal: ',', doubtful: false };
  if (evidence.point > 0) return { decimal: '.', doubtful: false };
  if (evidence.doubtfulComma > evidence.doubtfulPoint && delimiter !== ',') return { decimal: ',', doubtful: true };
  // Where semicolons separate, the comma usually is the decimal mark and the point one of thousands.
  const doubtful = evidence.doubtfulPoint > 0 && (evidence.doubtfulComma > 0 || delimiter === ';');
  return { decimal: '.', doubtful };
}
