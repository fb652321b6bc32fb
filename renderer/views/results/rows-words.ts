import type { FitView } from '../../charts/fit-view';
import { count, counted } from '../../format';
import type { RowQuery } from '../../stores/results';

/** "206 rows" or, where rows are in files and some of them are at hand, "20,000 of 2,000,000 rows, at even distances". */
export function rowsWords({ result: { points } }: FitView, which: RowQuery['which'], listed: number): string {
  const { train, test } = points;
  const used = (which === 'test' ? 0 : train.of) + (which === 'train' ? 0 : (test?.of ?? 0));
  return listed < used ? `${count(listed)} of ${counted(used, 'row')}, at even distances` : counted(listed, 'row');
}
