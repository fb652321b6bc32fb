import type { Mark } from './identity';
import { seriesCount } from './identity';

/** The tokens a chart draws with, as values. Read from the page so that a chart follows light, dark and contrast modes. */
export interface ChartTheme {
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly axis: string;
  readonly grid: string;
  readonly background: string;
  readonly band: string;
  readonly baseline: string;
  /** --series-1 at index 0. */
  readonly series: readonly string[];
  /** --seq-1 to --seq-7, from little to much. */
  readonly sequential: readonly string[];
  /** --div-1 to --div-9, the middle one for zero. */
  readonly diverging: readonly string[];
  readonly sans: string;
}

/** The tokens as they hold for an element. */
export function readTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const ramp = (name: string, length: number): string[] =>
    Array.from({ length }, (_, i) => token(`--${name}-${i + 1}`));
  return {
    text: token('--text'),
    text2: token('--text-2'),
    text3: token('--text-3'),
    axis: token('--plot-axis'),
    grid: token('--plot-grid'),
    background: token('--plot-bg'),
    band: token('--plot-band'),
    baseline: token('--series-baseline'),
    series: ramp('series', seriesCount),
    sequential: ramp('seq', 7),
    diverging: ramp('div', 9),
    // Single quotes: the list goes into attributes of exported drawings.
    sans: token('--font-sans').replaceAll('"', "'"),
  };
}

/** The light theme whatever the page shows: files are read on paper and in other people's documents. */
export function readLightTheme(): ChartTheme {
  const probe = document.createElement('div');
  probe.dataset.theme = 'light';
  document.body.append(probe);
  const theme = readTheme(probe);
  probe.remove();
  return theme;
}

export const colourOf = (theme: ChartTheme, mark: Mark): string =>
  mark.colour === 'ink' ? theme.text : theme.series[mark.colour - 1];
