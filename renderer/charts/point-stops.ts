import type { PointSample } from '../../core/protocol';
import { rowNumber, significant, withUnit } from '../format';
import type { ChartStop } from './chart';
import { pointsOf } from './fit-view';
import type { FitView, Split } from './fit-view';
import { expertMark } from './identity';

/** Every point as a stop of the crosshair, from left to right. */
export function pointStops(
  view: FitView,
  split: Split,
  at: (points: PointSample, index: number) => readonly [number, number],
): ChartStop[] {
  const points = pointsOf(view, split);
  const unit = view.target.unit;
  const written = (value: number): string => withUnit(significant(value, 4), unit);
  return Array.from(points.row, (row, i) => {
    const [x, y] = at(points, i);
    return {
      x,
      y,
      read: () => ({
        title: `Row ${rowNumber(row)}`,
        entries: [
          {
            mark: expertMark(points.expert[i]),
            name: 'Likeliest expert',
            value: view.result.experts[points.expert[i]]?.letter ?? '',
          },
          {
            mark: null,
            name: 'Predicted',
            value: `${written(points.prediction[i])} ± ${significant(points.sd[i], 2)}`,
          },
          { mark: null, name: 'Actual', value: written(points.actual[i]) },
          { mark: null, name: 'Residual', value: written(points.actual[i] - points.prediction[i]) },
        ],
      }),
    };
  }).sort((a, b) => a.x - b.x);
}
