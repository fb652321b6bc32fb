import { House } from '@lucide/vue';
import { useCommands } from '../../stores/commands';
import { useNavigation } from '../../stores/navigation';
import { cycleRegion } from '../regions';
import { places } from '../steps';

/** Screens, and the parts of the one that is shown. */
export function useGoCommands(): void {
  const navigation = useNavigation();

  useCommands().offer(() => [
    { id: 'go/start', label: 'Go to Start', group: 'Go', icon: House, act: () => navigation.go('start') },
    ...places.map(({ screen, label, icon, keys }) => ({
      id: `go/${screen}`,
      label: `Go to ${label}`,
      group: 'Go' as const,
      icon,
      keys,
      act: () => navigation.go(screen),
    })),
    { id: 'region/next', label: 'Next part of the window', group: 'Go', keys: 'F6', act: () => cycleRegion(false) },
    {
      id: 'region/previous',
      label: 'Previous part of the window',
      group: 'Go',
      keys: 'Shift+F6',
      act: () => cycleRegion(true),
    },
  ]);
}
