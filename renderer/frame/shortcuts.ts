import { onBeforeUnmount, onMounted } from 'vue';
import { useCommands } from '../stores/commands';
import { isShortcut, isTyping } from '../ui/keys';

/** Keys that hold in the whole window: those of the commands. Undoing while typing is the field's own. */
export function useShortcuts(): void {
  const commands = useCommands();

  function onKeydown(event: KeyboardEvent): void {
    // A dialog or pop-over has the keys to itself.
    if (event.target instanceof Element && event.target.closest('[role="dialog"]')) return;
    const command = commands.available.find(({ keys }) => keys !== undefined && isShortcut(event, keys));
    if (!command || (isTyping(event) && /^Ctrl\+(Shift\+)?Z$/.test(command.keys ?? ''))) return;
    event.preventDefault();
    event.stopPropagation();
    command.act();
  }

  // Before the control that has the focus: a radio button, for one, keeps Enter to itself whatever is held with it.
  onMounted(() => addEventListener('keydown', onKeydown, { capture: true }));
  onBeforeUnmount(() => removeEventListener('keydown', onKeydown, { capture: true }));
}
