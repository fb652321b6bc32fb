import { computed, toValue } from 'vue';
import type { MaybeRefOrGetter, Ref } from 'vue';
import { evenStrip } from './strip';
import { useWindow } from './use-window';

/** A table of no more lines is drawn whole. */
const WHOLE = 200;

/**
 * The lines of a table that are to be drawn: all of a short one, of a long one those in sight, with the heights of what is left
 * out above and below them.
 *
 * @param height  of every line, in pixels
 * @param whole  lines that are drawn whole; more are not
 */
export function useLines<T>(
  scroller: Readonly<Ref<HTMLElement | null>>,
  items: () => readonly T[],
  height: MaybeRefOrGetter<number>,
  whole = WHOLE,
) {
  const all = computed(items);
  const long = computed(() => all.value.length > whole);
  const { inSight, length } = useWindow(scroller, () => evenStrip(long.value ? all.value.length : 0, toValue(height)), {
    beyond: 10,
  });
  const lines = computed(() =>
    long.value
      ? inSight.value.map(({ index }) => ({ index, item: all.value[index] }))
      : all.value.map((item, index) => ({ index, item })),
  );
  const above = computed(() => inSight.value.at(0)?.start ?? 0);
  const below = computed(() => length.value - above.value - inSight.value.length * toValue(height));
  return { lines, long, above, below };
}
