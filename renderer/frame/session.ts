import { onScopeDispose, watch } from 'vue';
import { useCore } from '../core';
import { useData } from '../stores/data';
import { useExperiments } from '../stores/experiments';
import { useEngine } from '../stores/engine';
import { useNavigation } from '../stores/navigation';
import { useProject } from '../stores/project';
import { useRuns } from '../stores/runs';
import { useWork } from './work';

const MEMORY_EVERY_MS = 5000;

/** What happens of itself while the application is open: greeting the engine, following its restarts, files opened from outside. */
export function useSession(): void {
  const core = useCore();
  const engine = useEngine();
  const data = useData();
  const navigation = useNavigation();
  // They listen from the start, so that no event of a run is missed while another screen is shown.
  useRuns();
  useExperiments();
  const project = useProject();
  const work = useWork();

  void engine.hello();
  const lost = { core: false };
  const stops = [
    core.onStatus((status) => {
      if (status.state === 'restarting' || status.state === 'gone') lost.core = true;
      // A page that connects later is told of earlier restarts; they are no news to it.
      if (status.state !== 'ready' || !lost.core) return;
      lost.core = false;
      engine.noteRestart();
      void engine.hello();
      engine.limitAgain();
      void data.reopen();
    }),
    core.onOpen((file) => void data.openGrant(file)),
    // A newly opened file is looked at first; reading the same one again does not move the user.
    watch(
      () => data.opened,
      () => navigation.go(project.firstScreen),
    ),
  ];

  const measure = (): void => {
    if (document.visibilityState === 'visible') void engine.refreshMemory();
  };
  // A browser that would reload or close the page asks first; in a window of its own the program asks itself.
  const keep = (event: BeforeUnloadEvent): void => {
    const { edited, running } = work.value;
    if (core.host === 'browser' && (edited || running > 0)) event.preventDefault();
  };
  window.addEventListener('beforeunload', keep);
  measure();
  const timer = setInterval(measure, MEMORY_EVERY_MS);
  onScopeDispose(() => {
    stops.forEach((stop) => stop());
    clearInterval(timer);
    window.removeEventListener('beforeunload', keep);
  });
}
