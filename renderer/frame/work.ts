import { computed, type ComputedRef } from 'vue';
import { useData } from '../stores/data';
import { useExperiments } from '../stores/experiments';
import { useRuns } from '../stores/runs';
import { savedState, type Saved } from './saved-state';

/** What is open, whether a file holds it, and how much is going on: what title, bar and window say. */
export interface Work {
  /** Of the project, else of the table. */
  readonly name: string | null;
  readonly saved: Saved | null;
  /** There is work that no file holds. */
  readonly edited: boolean;
  /** Fits and experiments that run or wait. */
  readonly running: number;
}

export function useWork(): ComputedRef<Work> {
  const data = useData();
  const experiments = useExperiments();
  const runs = useRuns();
  return computed(() => {
    const name = data.table?.file.name ?? null;
    const edited = runs.runs.length + experiments.runs.size > 0;
    return {
      name,
      saved: name === null ? null : savedState({ isProject: false, edited, saving: false, savedAt: null }),
      edited,
      running: runs.active.length + (experiments.active ? 1 : 0),
    };
  });
}
