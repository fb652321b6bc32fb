import { computed, watch } from 'vue';
import type { WindowState } from '../../core/bridge';
import { useCore } from '../core';
import { useCommands } from '../stores/commands';
import { useSettings } from '../stores/settings';
import { menuItems } from './menu-items';
import { useWork } from './work';

/** Tells the host what its window and menu show of this page: at once, and whenever it changes. */
export function useWindowState(): void {
  const core = useCore();
  const commands = useCommands();
  const settings = useSettings();
  const work = useWork();

  const state = computed<WindowState>(() => {
    const { name, edited, running } = work.value;
    return { name, edited, running, theme: settings.theme, menu: menuItems(commands.commands) };
  });
  // Compared as text: a run's progress makes the list anew many times a second without changing it.
  const text = computed(() => JSON.stringify(state.value));
  watch(text, () => core.showState(state.value), { immediate: true });
}
