import { ref, watch } from 'vue';
import type { Ref } from 'vue';

/**
 * True from the first time on that something was opened. What floats over the page costs as much as the button that opens it several times
 * over, and most of it is never asked for: it is mounted when it is.
 */
export function useOpened(open: Readonly<Ref<boolean>>): Readonly<Ref<boolean>> {
  const opened = ref(open.value);
  watch(open, (now) => now && (opened.value = true), { flush: 'sync' });
  return opened;
}
