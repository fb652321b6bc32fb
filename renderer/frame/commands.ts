import { FolderOpen, House, Moon, Play, Redo2, Rows3, Rows4, Sun, SunMoon, Undo2 } from '@lucide/vue';
import { useCommands } from '../stores/commands';
import { useData } from '../stores/data';
import { useEngine } from '../stores/engine';
import { useNavigation } from '../stores/navigation';
import { useSettings } from '../stores/settings';
import { places } from './steps';

/** The acts that exist on every screen. */
export function useFrameCommands(find: () => void): void {
  const data = useData();
  const engine = useEngine();
  const navigation = useNavigation();
  const settings = useSettings();

  useCommands().offer(() => [
    { id: 'find', label: 'Find or run', group: 'Commands', keys: 'Ctrl+K', act: find },
    {
      id: 'open',
      label: 'Open file…',
      group: 'File',
      icon: FolderOpen,
      keys: 'Ctrl+O',
      act: () => void data.chooseFile(),
    },
    ...engine.samples.map((sample) => ({
      id: `sample/${sample.id}`,
      label: `Open example: ${sample.name}`,
      group: 'File',
      act: () => void data.openSample(sample),
    })),
    { id: 'go/start', label: 'Go to Start', group: 'Screens', icon: House, act: () => navigation.go('start') },
    ...places.map(({ screen, label, icon, keys }) => ({
      id: `go/${screen}`,
      label: `Go to ${label}`,
      group: 'Screens',
      icon,
      keys,
      act: () => navigation.go(screen),
    })),
    // Where what will run is in sight, that screen offers the run itself.
    {
      id: 'run',
      label: 'Run…',
      group: 'Model',
      icon: Play,
      keys: 'Ctrl+Enter',
      enabled: data.table !== null && navigation.screen !== 'model' && navigation.screen !== 'experiments',
      act: () => navigation.go('model'),
    },
    { id: 'undo', label: 'Undo', group: 'Columns', icon: Undo2, keys: 'Ctrl+Z', enabled: data.canUndo, act: data.undo },
    {
      id: 'redo',
      label: 'Redo',
      group: 'Columns',
      icon: Redo2,
      keys: 'Ctrl+Shift+Z',
      enabled: data.canRedo,
      act: data.redo,
    },
    { id: 'theme-light', label: 'Light', group: 'Appearance', icon: Sun, act: () => (settings.theme = 'light') },
    { id: 'theme-dark', label: 'Dark', group: 'Appearance', icon: Moon, act: () => (settings.theme = 'dark') },
    {
      id: 'theme-system',
      label: 'As the system',
      group: 'Appearance',
      icon: SunMoon,
      act: () => (settings.theme = 'system'),
    },
    {
      id: 'density/compact',
      label: 'Compact rows',
      group: 'Appearance',
      icon: Rows4,
      act: () => (settings.density = 'compact'),
    },
    {
      id: 'density/comfortable',
      label: 'Comfortable rows',
      group: 'Appearance',
      icon: Rows3,
      act: () => (settings.density = 'comfortable'),
    },
  ]);
}
