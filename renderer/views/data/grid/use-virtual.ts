import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { TableInfo } from '../../../../core/data/types';
import { useSettings } from '../../../stores/settings';
import { columnWidths, HEAD, rowHeadWidth } from './widths';

/** Browsers lay out no element higher than this; larger tables are shown as far as it goes. */
const HIGHEST = 30_000_000;

/**
 * Rows and columns of the grid that are in sight, and how to bring others there.
 *
 * @param rowsInSight  rows of the table that its filters let through
 */
export function useVirtual(
  scroller: Readonly<Ref<HTMLElement | null>>,
  table: () => TableInfo,
  rowsInSight: () => number,
) {
  const settings = useSettings();
  const room = ref(0);
  const rowHeight = computed(() => settings.gridRow);
  const shownRows = computed(() => Math.min(rowsInSight(), Math.floor(HIGHEST / rowHeight.value)));
  const rowHead = computed(() => rowHeadWidth(table().rows));
  const widths = computed(() => columnWidths(table().columns, room.value - rowHead.value));

  const rows = useVirtualizer(
    computed(() => ({
      count: shownRows.value,
      getScrollElement: () => scroller.value,
      estimateSize: () => rowHeight.value,
      overscan: 6,
      scrollMargin: HEAD,
      scrollPaddingStart: HEAD,
    })),
  );
  const columns = useVirtualizer(
    computed(() => ({
      horizontal: true,
      count: table().columns.length,
      getScrollElement: () => scroller.value,
      estimateSize: (i: number) => widths.value[i],
      overscan: 2,
      scrollMargin: rowHead.value,
      scrollPaddingStart: rowHead.value,
    })),
  );
  watch(rowHeight, () => rows.value.measure());
  watch(widths, () => columns.value.measure());

  const observer = new ResizeObserver(([entry]) => (room.value = entry.contentRect.width));
  onMounted(() => scroller.value && observer.observe(scroller.value));
  onBeforeUnmount(() => observer.disconnect());

  const pageRows = computed(() =>
    Math.max(1, Math.floor(((scroller.value?.clientHeight ?? 600) - HEAD) / rowHeight.value) - 1),
  );
  return { rows, columns, rowHead, rowHeight, shownRows, pageRows };
}
