import { ListX, Play, RotateCw, Square, X } from '@lucide/vue';
import { counted } from '../../format';
import { useCommands } from '../../stores/commands';
import { useData } from '../../stores/data';
import { useExperiments } from '../../stores/experiments';
import { useNavigation } from '../../stores/navigation';
import { isActive } from '../../stores/run';
import { useRuns } from '../../stores/runs';
import { useToasts } from '../../stores/toasts';

/** What is running and has run, from any screen. */
export function useRunCommands(): void {
  const data = useData();
  const experiments = useExperiments();
  const navigation = useNavigation();
  const runs = useRuns();
  const toasts = useToasts();

  function clear(): void {
    const ended = runs.runs.filter((run) => !isActive(run));
    const back = ended.map(({ id }) => runs.remove(id));
    // The last one taken off goes back first, so that each finds its place.
    toasts.offerUndo(`${counted(ended.length, 'run')} removed`, () => back.reverse().forEach((restore) => restore()));
  }

  useCommands().offer(() => {
    const { selected } = runs;
    // Where what will run is in sight, that screen offers the run itself.
    const offersRun = navigation.screen === 'model' || navigation.screen === 'experiments';
    return [
      ...(offersRun
        ? []
        : [
            {
              id: 'run',
              label: 'Run…',
              group: 'Run' as const,
              icon: Play,
              keys: 'Ctrl+Enter',
              enabled: data.table !== null,
              act: () => navigation.go('model'),
            },
          ]),
      {
        id: 'runs/retry',
        label: selected ? `Run ${selected.name} again` : 'Run again',
        group: 'Run',
        icon: RotateCw,
        enabled: selected !== null && !isActive(selected) && runs.canRetry(selected),
        act: () => selected && void runs.retry(selected.id),
      },
      {
        id: 'runs/cancel',
        label: selected ? `Cancel ${selected.name}, keep best` : 'Cancel run, keep best',
        group: 'Run',
        icon: Square,
        enabled: selected !== null && isActive(selected) && !selected.cancelling,
        act: () => selected && void runs.cancel(selected.id),
      },
      {
        id: 'runs/cancel-all',
        label: 'Cancel all runs, keep best',
        group: 'Run',
        icon: Square,
        enabled: runs.active.length > 0,
        act: () => void runs.cancelAll(),
      },
      {
        id: 'experiments/cancel',
        label: 'Cancel the experiment, keep what is done',
        group: 'Run',
        icon: Square,
        enabled: experiments.active !== null,
        act: () => void experiments.cancel(),
      },
      {
        id: 'runs/remove',
        label: selected ? `Remove ${selected.name}` : 'Remove run',
        group: 'Run',
        icon: X,
        enabled: selected !== null,
        act: () => selected && toasts.offerUndo(`${selected.name} removed`, runs.remove(selected.id)),
      },
      {
        id: 'runs/clear',
        label: 'Remove all runs that have ended',
        group: 'Run',
        icon: ListX,
        enabled: runs.runs.some((run) => !isActive(run)),
        act: clear,
      },
    ];
  });
}
