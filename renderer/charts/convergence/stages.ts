import type { GraphicComponentOption } from 'echarts/components';
import { plotFont } from '../axis';
import { placeLabel } from '../place-label';
import type { Box, Point } from '../place-label';
import { colourOf } from '../theme';
import type { ChartTheme } from '../theme';
import { thin } from './curves';
import type { ConvergenceRun, Curve, Sample } from './curves';
import type { Frame } from '../frame';

interface Line {
  readonly run: ConvergenceRun;
  readonly curve: Curve;
  readonly samples: readonly Sample[];
}

/** Mean width of a character of the words, and their height, in pixels. */
const CHARACTER = 5.3;
const HEIGHT = 14;
/** Points of a line that are enough to see where it runs. */
const TRACE = 150;

/** A ring on a line where a stage begins, with its words where they lie best; without, where they would hide others. */
export function stageMarks(lines: readonly Line[], frame: Frame, theme: ChartTheme): GraphicComponentOption[] {
  const pixel = ({ x, y }: Sample): Point => [frame.px(x), frame.py(frame.y.log ? Math.max(y, frame.y.min) : y)];
  // A line goes on to its name at the right.
  const traces = lines.map(({ samples }): Point[] => {
    const points = thin(samples, TRACE, frame.x.log).map(pixel);
    return [...points, [frame.area.right, points[points.length - 1][1]]];
  });
  const rings = lines.flatMap(({ run, curve, samples }) =>
    curve.stages.flatMap((stage) => {
      const sample = samples.find(({ point }) => point.iteration >= stage.iteration);
      // Where the first stage begins is where the line does.
      if (!sample || stage.iteration <= curve.points[0].iteration) return [];
      return [{ at: pixel(sample), label: stage.label, colour: colourOf(theme, run.mark) }];
    }),
  );
  const taken: Box[] = rings.map(({ at: [x, y] }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  return rings.flatMap(({ at, label, colour }): GraphicComponentOption[] => {
    const ring: GraphicComponentOption = {
      type: 'circle',
      silent: true,
      z: 9,
      shape: { cx: at[0], cy: at[1], r: 4.5 },
      style: { fill: theme.background, stroke: colour, lineWidth: 2 },
    };
    const place = label
      ? placeLabel(at, { width: label.length * CHARACTER, height: HEIGHT }, traces, taken, frame.area)
      : null;
    if (!place) return [ring];
    taken.push(place);
    return [ring, words(label, place, theme)];
  });
}

const words = (label: string, place: Box, theme: ChartTheme): GraphicComponentOption => ({
  type: 'text',
  silent: true,
  z: 9,
  x: (place.left + place.right) / 2,
  y: (place.top + place.bottom) / 2,
  style: {
    text: label,
    align: 'center',
    verticalAlign: 'middle',
    font: plotFont(theme),
    fill: theme.text2,
    stroke: theme.background,
    lineWidth: 3,
  },
});
