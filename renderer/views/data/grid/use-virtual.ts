import { computed } from 'vue';
import type { Ref } from 'vue';
import type { TableInfo } from '../../../../core/data/types';
import { useSettings } from '../../../stores/settings';
import { evenStrip, unevenStrip } from '../../../ui/strip';
import { useWindow } from '../../../ui/use-window';
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
  const rowHeight = computed(() => settings.gridRow);
  const shownRows = computed(() => Math.min(rowsInSight(), Math.floor(HIGHEST / rowHeight.value)));
  const rowHead = computed(() => rowHeadWidth(table().rows));

  // Columns first: their heads are drawn in one task, and what stands below them in the next.
  const columns: ReturnType<typeof useWindow> = useWindow(
    scroller,
    () => unevenStrip(columnWidths(table().columns, columns.room.value)),
    { across: true, covered: () => rowHead.value, beyond: 2 },
  );
  const rows = useWindow(scroller, () => evenStrip(shownRows.value, rowHeight.value), {
    covered: () => HEAD,
    beyond: 6,
  });
  const pageRows = computed(() => Math.max(1, Math.floor(rows.room.value / rowHeight.value) - 1));
  return { rows, columns, rowHead, rowHeight, shownRows, pageRows };
}
