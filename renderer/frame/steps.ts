import { Activity, ChartScatter, SlidersHorizontal, Table2 } from '@lucide/vue';
import type { LucideIcon } from '@lucide/vue';
import type { Screen } from '../stores/navigation';

/** The way through the application, in order. */
export const steps: readonly { screen: Screen; label: string; icon: LucideIcon; keys: string }[] = [
  { screen: 'data', label: 'Data', icon: Table2, keys: 'Ctrl+1' },
  { screen: 'model', label: 'Model', icon: SlidersHorizontal, keys: 'Ctrl+2' },
  { screen: 'runs', label: 'Runs', icon: Activity, keys: 'Ctrl+3' },
  { screen: 'results', label: 'Results', icon: ChartScatter, keys: 'Ctrl+4' },
];
