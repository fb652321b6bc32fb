import type { FitView } from '../../charts/fit-view';
import { alike, percent, rowNumber } from '../../format';
import type { RowQuery } from '../../stores/results';
import type { ResultRow } from './use-result-rows';

export type SortBy = NonNullable<RowQuery['sort']>['by'];

/** A column of the grid of rows. */
export interface RowColumn {
  readonly id: string;
  readonly label: string;
  readonly unit: string | null;
  readonly width: number;
  /** What the core sorts by when the head is pressed; null where it cannot. */
  readonly sort: SortBy | null;
  readonly text: (row: ResultRow) => string;
  /** 0 to 1 for cells that show a share as a bar; the expert's index gives its mark. */
  readonly share?: { readonly of: (row: ResultRow) => number; readonly expert: number };
}

const likeliest = (row: ResultRow): number => row.gates.indexOf(Math.max(...row.gates));

/** Row and split, what was and what is predicted, then the gate: which experts, how surely, and what each of them says. */
export function rowColumns(view: FitView): RowColumn[] {
  const unit = view.target.unit;
  const { experts } = view.result;
  const plain = (
    id: SortBy,
    label: string,
    width: number,
    of: (row: ResultRow) => number,
    text: (value: number) => string,
  ): RowColumn => ({ id, label, unit, width, sort: id, text: (row) => text(of(row)) });
  // One number of decimals for everything in the target's unit, from the size of the error, so that columns align.
  const written = alike([view.result.report.metrics.train.rmse]);
  return [
    { id: 'row', label: 'Row', unit: null, width: 60, sort: 'row', text: (row) => rowNumber(row.row) },
    {
      id: 'split',
      label: 'Split',
      unit: null,
      width: 76,
      sort: null,
      text: (row) => (row.split === 'test' ? 'held out' : 'train'),
    },
    plain('actual', 'Actual', 88, (row) => row.actual, written),
    plain('prediction', 'Predicted', 92, (row) => row.prediction, written),
    plain('residual', 'Residual', 88, (row) => row.actual - row.prediction, written),
    plain('sd', 'sd', 72, (row) => row.sd, written),
    ...(experts.length > 1
      ? [
          {
            id: 'certainty',
            label: 'Likeliest',
            unit: null,
            width: 72,
            sort: 'certainty' as const,
            text: (row: ResultRow) => experts[likeliest(row)]?.letter ?? '',
          },
          ...experts.map((expert, i): RowColumn => ({
            id: `gate-${expert.letter}`,
            label: `Gate ${expert.letter}`,
            unit: null,
            width: 112,
            sort: null,
            text: (row) => percent(row.gates[i]),
            share: { of: (row) => row.gates[i], expert: i },
          })),
          ...experts.map((expert, i): RowColumn => ({
            id: `mean-${expert.letter}`,
            label: `${expert.letter} says`,
            unit,
            width: 84,
            sort: null,
            text: (row) => written(row.means[i]),
          })),
        ]
      : []),
  ];
}
