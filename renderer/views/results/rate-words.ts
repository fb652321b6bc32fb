import type { RateReport } from '../../../core/protocol';
import { NONE, counted, fixed } from '../../format';

/** A share of the error as per cent, with as many digits as tell it from all. */
export function keptShare(rate: number | null): string {
  if (rate === null) return NONE;
  const decimals = rate > 0.99 && rate < 1 ? Math.ceil(-Math.log10(1 - rate)) - 1 : 0;
  return rate < 0.005 ? 'less than 1%' : `${fixed(100 * rate, decimals)}%`;
}

/** Iterations a further digit takes. */
export function digitCost({ iterationsPerDigit }: RateReport): string {
  return iterationsPerDigit === null
    ? NONE
    : counted(Number(Math.round(iterationsPerDigit).toPrecision(2)), 'iteration');
}
