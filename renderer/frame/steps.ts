import { Activity, ChartScatter, FlaskConical, SlidersHorizontal, Table2 } from '@lucide/vue';
import type { LucideIcon } from '@lucide/vue';
import type { Screen } from '../stores/navigation';

/** A screen as it is called and found. */
export interface ScreenPlace {
  readonly screen: Screen;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys: string;
}

/** The way through the application, in order. */
export const steps: readonly ScreenPlace[] = [
  { screen: 'data', label: 'Data', icon: Table2, keys: 'Ctrl+1' },
  { screen: 'model', label: 'Model', icon: SlidersHorizontal, keys: 'Ctrl+2' },
  { screen: 'runs', label: 'Runs', icon: Activity, keys: 'Ctrl+3' },
  { screen: 'results', label: 'Results', icon: ChartScatter, keys: 'Ctrl+4' },
];

/** Stands beside the way: it needs no table. */
export const experimentsPlace: ScreenPlace = {
  screen: 'experiments',
  label: 'Experiments',
  icon: FlaskConical,
  keys: 'Ctrl+Shift+E',
};

export const places: readonly ScreenPlace[] = [...steps, experimentsPlace];
