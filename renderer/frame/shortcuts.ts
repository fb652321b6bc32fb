import { onBeforeUnmount, onMounted } from 'vue';
import { useCommands } from '../stores/commands';
import { isShortcut, isTyping } from '../ui/keys';
import { cycleRegion } from './regions';

/** Keys that hold in the whole window: those of the commands, and F6. Undoing while typing is the field's own. */
export function useShortcuts(): void {
  const commands = useCommands();

  function onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    if (event.key === 'F6') {
      event.preventDefault();
      return cycleRegion(event.shiftKey);
    }
    const command = commands.available.find(({ keys }) => keys !== undefined && isShortcut(event, keys));
    if (!command || (isTyping(event) && /^Ctrl\+(Shift\+)?Z$/.test(command.keys ?? ''))) return;
    event.preventDefault();
    command.act();
  }

  onMounted(() => addEventListener('keydown', onKeydown));
  onBeforeUnmount(() => removeEventListener('keydown', onKeydown));
}
