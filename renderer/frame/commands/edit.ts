import { Redo2, Undo2 } from '@lucide/vue';
import { useCommands } from '../../stores/commands';
import { useData } from '../../stores/data';

/** Choices about columns are what can be undone. */
export function useEditCommands(find: () => void): void {
  const data = useData();

  useCommands().offer(() => [
    { id: 'undo', label: 'Undo', group: 'Edit', icon: Undo2, keys: 'Ctrl+Z', enabled: data.canUndo, act: data.undo },
    {
      id: 'redo',
      label: 'Redo',
      group: 'Edit',
      icon: Redo2,
      keys: 'Ctrl+Shift+Z',
      enabled: data.canRedo,
      act: data.redo,
    },
    { id: 'find', label: 'Find or run…', group: 'Edit', keys: 'Ctrl+K', act: find },
  ]);
}
