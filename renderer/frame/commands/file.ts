import { AppWindow, Download, FolderOpen } from '@lucide/vue';
import { useCore } from '../../core';
import { useCommands } from '../../stores/commands';
import { useData } from '../../stores/data';
import { useEngine } from '../../stores/engine';
import { useNavigation } from '../../stores/navigation';
import { useProject } from '../../stores/project';
import { useRecent } from '../../stores/recent';
import { useResults } from '../../stores/results';

/** Opening, saving and taking away. */
export function useFileCommands(): void {
  const core = useCore();
  const data = useData();
  const engine = useEngine();
  const recent = useRecent();

  const commands = useCommands();
  const navigation = useNavigation();

  commands.offer(() => [
    {
      id: 'open',
      label: 'Open…',
      words: 'table project file',
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
  // The project offers its saving itself, and stands between opening and exporting.
  useProject();
  const results = useResults();
  commands.offer(() => [
    {
      id: 'export',
      label: 'Export this run…',
      group: 'File',
      icon: Download,
      keys: 'Ctrl+E',
      enabled: results.run !== null,
      act: () => {
        if (navigation.screen !== 'results') navigation.go('results');
        results.exporting = true;
      },
    },
  ]);
}
