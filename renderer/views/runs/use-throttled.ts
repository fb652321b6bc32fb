import { onScopeDispose, shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';

/**
 * A value that follows its source at most once every `interval` milliseconds, at once after a rest, and ends on the source's last
 * value. For what is costly to work out and is only looked at.
 */
export function useThrottled<T>(source: () => unknown, value: () => T, interval: number): Readonly<ShallowRef<T>> {
  const shown = shallowRef(value());
  const timer: { id: ReturnType<typeof setTimeout> | null; again: boolean } = { id: null, again: false };

  function update(): void {
    if (timer.id !== null) {
      timer.again = true;
      return;
    }
    shown.value = value();
    timer.id = setTimeout(() => {
      timer.id = null;
      if (!timer.again) return;
      timer.again = false;
      update();
    }, interval);
  }
  watch(source, update);
  onScopeDispose(() => {
    if (timer.id !== null) clearTimeout(timer.id);
  });
  return shown;
}
