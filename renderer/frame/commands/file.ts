import { AppWindow, FolderOpen } from '@lucide/vue';
import { useCore } from '../../core';
import { useCommands } from '../../stores/commands';
import { useData } from '../../stores/data';
import { useEngine } from '../../stores/engine';
import { useRecent } from '../../stores/recent';

/** Opening. What is saved and exported is offered by the stores that hold it. */
export function useFileCommands(): void {
  const core = useCore();
  const data = useData();
  const engine = useEngine();
  const recent = useRecent();

  useCommands().offer(() => [
    {
      id: 'open',
      label: 'Open table or project…',
      group: 'File',
      icon: FolderOpen,
      keys: 'Ctrl+O',
      act: () => void data.chooseFile(),
    },
    {
      id: 'window/new',
      label: 'New window',
      group: 'File',
      icon: AppWindow,
      // A browser keeps these keys to itself.
      keys: core.host === 'electron' ? 'Ctrl+N' : undefined,
      act: () => core.newWindow(),
    },
    ...recent.files.map((file) => ({
      id: `recent/${file.id}`,
      label: `Open recent: ${file.name}`,
      group: 'File' as const,
      enabled: !file.missing,
      // The native menu has a list of its own for them.
      inMenu: false,
      act: () => void recent.open(file),
    })),
    ...engine.samples.map((sample) => ({
      id: `sample/${sample.id}`,
      label: `Open example: ${sample.name}`,
      group: 'File' as const,
      act: () => void data.openSample(sample),
    })),
  ]);
}
