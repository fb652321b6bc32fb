import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { count, counted, significant, withUnit } from '../format';
import { useData } from '../stores/data';
import { useExperiments } from '../stores/experiments';
import { useModel } from '../stores/model';
import type { Screen } from '../stores/navigation';
import { useResults } from '../stores/results';
import { useRuns } from '../stores/runs';

/** One line of state for each step: what is there, and what is going on. Null where there is nothing to say yet. */
export function useStepLines(): ComputedRef<Record<Screen, string | null>> {
  const data = useData();
  const model = useModel();
  const runs = useRuns();
  const results = useResults();
  const experiments = useExperiments();

  const dataLine = computed(() =>
    data.table ? `${counted(data.table.rows, 'row')}, ${counted(data.table.columns.length, 'column')}` : null,
  );

  const modelLine = computed(() => {
    if (!data.table) return null;
    const [first, ...others] = model.methods;
    if (!first) return 'No method chosen';
    const name = others.length ? counted(others.length + 1, 'method') : first.name;
    return others.length === 0 && first.id === 'ols' ? name : `k = ${model.settings.experts}, ${name}`;
  });

  const runsLine = computed(() => {
    if (runs.runs.length === 0) return null;
    const active = runs.active.length;
    return counted(runs.runs.length, 'run') + (active ? `, ${count(active)} in progress` : '');
  });

  const resultsLine = computed(() => {
    // The one the screen shows.
    const { run } = results;
    if (!run) return null;
    const { test, train } = run.result.report.metrics;
    const rmse = withUnit(significant((test ?? train).rmse, 3), run.table.target.unit);
    return test ? `Held-out RMSE ${rmse}` : `Training RMSE ${rmse}`;
  });

  const experimentsLine = computed(() => {
    if (experiments.active) return 'One in progress';
    const ended = experiments.runs.size;
    return ended === 0 ? null : `${counted(ended, 'experiment')} run`;
  });

  return computed(() => ({
    start: null,
    data: dataLine.value,
    model: modelLine.value,
    runs: runsLine.value,
    results: resultsLine.value,
    experiments: experimentsLine.value,
  }));
}
