import { computed, type ComputedRef } from 'vue';
import { useData } from '../stores/data';
import { useExperiments } from '../stores/experiments';
import { useProject } from '../stores/project';
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
  const project = useProject();
  const runs = useRuns();
  return computed(() => {
    const name = project.name ?? data.table?.file.name ?? null;
    return {
      name,
      saved: name === null ? null : savedState(project),
      edited: project.edited,
      running: runs.active.length + (experiments.active ? 1 : 0),
    };
  });
}
