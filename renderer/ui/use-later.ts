import { onBeforeUnmount, onMounted, readonly, ref } from 'vue';
import type { Ref } from 'vue';

/**
 * False while a component is mounted, true from the next task of the page on. What is not looked at first is mounted then, so that one screen
 * does not hold up keys and clicks as long as all its parts together.
 */
export function useLater(): Readonly<Ref<boolean>> {
  const later = ref(false);
  const timer: { id?: ReturnType<typeof setTimeout> } = {};
  onMounted(() => (timer.id = setTimeout(() => (later.value = true))));
  onBeforeUnmount(() => clearTimeout(timer.id));
  return readonly(later);
}
