import { onScopeDispose } from 'vue';
import { useCore } from '../core';
import { useCommands } from '../stores/commands';
import { isTextField } from '../ui/keys';

/** What the native menu asks for: an act by its id. While somebody writes, undoing is the field's own. */
export function useNativeMenu(): void {
  const core = useCore();
  const commands = useCommands();
  const stop = core.onCommand((id) => {
    if ((id === 'undo' || id === 'redo') && isTextField(document.activeElement)) document.execCommand(id);
    else commands.run(id);
  });
  onScopeDispose(stop);
}
