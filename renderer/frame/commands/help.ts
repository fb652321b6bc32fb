import { ClipboardList, Info, Keyboard, Scale } from '@lucide/vue';
import { useCommands } from '../../stores/commands';
import { useHelp } from '../../stores/help';

export function useHelpCommands(): void {
  const help = useHelp();

  useCommands().offer(() => [
    {
      id: 'help/shortcuts',
      label: 'Keyboard shortcuts',
      group: 'Help',
      icon: Keyboard,
      keys: 'F1',
      act: () => help.show('shortcuts'),
    },
    {
      id: 'help/diagnostics',
      label: 'Copy diagnostics',
      group: 'Help',
      icon: ClipboardList,
      act: () => help.show('diagnostics'),
    },
    { id: 'help/licences', label: 'Licences', group: 'Help', icon: Scale, act: () => help.show('licences') },
    { id: 'help/about', label: 'About MoE Lab', group: 'Help', icon: Info, act: () => help.show('about') },
  ]);
}
