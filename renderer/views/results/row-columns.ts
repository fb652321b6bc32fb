import type { FitView } from '../../charts/fit-view';
import { compact, count, percent, significant } from '../../format';
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
  const four = (value: number): string => significant(value, 4);
  return [
    { id: 'row', label: 'Row', unit: null, width: 72, sort: 'row', text: (row) => count(row.row) },
    {
      id: 'split',
      label: 'Split',
      unit: null,
      width: 84,
      sort: null,
      text: (row) => (row.split === 'test' ? 'held out' : 'train'),
    },
    plain(
      'actual',
      'Actual',
      88,
      (row) => row.actual,
      (value) => compact(value, 6),
    ),
    plain('prediction', 'Predicted', 92, (row) => row.prediction, four),
    plain(
      'residual',
      'Residual',
      88,
      (row) => row.actual - row.prediction,
      (value) => significant(value, 3),
    ),
    plain(
      'sd',
      'sd',
      72,
      (row) => row.sd,
      (value) => significant(value, 3),
    ),
    ...(experts.length > 1
      ? [
          {
            id: 'certainty',
            label: 'Likeliest',
            unit: null,
            width: 84,
            sort: 'certainty' as const,
            text: (row: ResultRow) => experts[likeliest(row)]?.letter ?? '',
          },
          ...experts.map((expert, i): RowColumn => ({
            id: `gate-${expert.letter}`,
            label: `Gate ${expert.letter}`,
            unit: null,
            width: 104,
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
            text: (row) => four(row.means[i]),
          })),
        ]
      : []),
  ];
}
