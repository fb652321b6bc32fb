import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed } from 'vue';
import type { Ref } from 'vue';

/** A table of no more lines is drawn whole. */
const WHOLE = 200;

/**
 * The lines of a table that are to be drawn: all of a short one, of a long one those in sight, with the heights of what is left
 * out above and below them.
 *
 * @param height  of every line, in pixels
 */
export function useLines<T>(scroller: Readonly<Ref<HTMLElement | null>>, items: () => readonly T[], height: number) {
  const all = computed(items);
  const long = computed(() => all.value.length > WHOLE);
  const virtual = useVirtualizer(
    computed(() => ({
      count: long.value ? all.value.length : 0,
      getScrollElement: () => scroller.value,
      estimateSize: () => height,
      overscan: 10,
    })),
  );
  const inSight = computed(() => (long.value ? virtual.value.getVirtualItems() : []));
  const lines = computed(() =>
    long.value
      ? // A list that has just become shorter may still be asked for lines it had.
        inSight.value.flatMap(({ index }) => (index < all.value.length ? [{ index, item: all.value[index] }] : []))
      : all.value.map((item, index) => ({ index, item })),
  );
  const above = computed(() => inSight.value.at(0)?.start ?? 0);
  const below = computed(() => (long.value ? virtual.value.getTotalSize() - (inSight.value.at(-1)?.end ?? 0) : 0));
  return { lines, long, above, below };
}
