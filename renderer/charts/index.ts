import type { Chart } from './chart';
import { errorIntervals } from './error-intervals';
import { expertErrors } from './expert-errors';
import type { FitView } from './fit-view';
import { predictedActual } from './predicted-actual';
import { residualQuantiles } from './residual-quantiles';
import { residuals } from './residuals';

/** Where on the Results screen a chart of one run stands. */
export type Place = 'errors' | 'rows' | 'rows-wide' | 'experts';

/**
 * The charts of a finished run. A new one is its file and a line here: its place shows it, with table twin, crosshair and export.
 * `rows-wide` is shown where the window has room for a further pane.
 */
export const resultCharts: readonly { readonly place: Place; readonly chart: Chart<FitView> }[] = [
  { place: 'errors', chart: errorIntervals },
  { place: 'rows', chart: predictedActual },
  { place: 'rows', chart: residuals },
  { place: 'rows-wide', chart: residualQuantiles },
  { place: 'experts', chart: expertErrors },
];

export const chartsAt = (place: Place, view: FitView): Chart<FitView>[] =>
  resultCharts.filter((entry) => entry.place === place && entry.chart.applies(view)).map((entry) => entry.chart);

export { convergence } from './convergence';
export { experimentFigureChart } from './experiment-figure';
export { gateCurve } from './gate-curve';
export { predictionCurve } from './prediction-curve';
export { startsStrip } from './starts-strip';
