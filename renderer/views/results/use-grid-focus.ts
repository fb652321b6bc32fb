import { nextTick, shallowRef } from 'vue';
import type { Ref } from 'vue';

interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface GridFocus {
  /** 0 for the one cell that Tab reaches, −1 for the others. */
  tabindex(row: number, column: number): 0 | -1;
  /** The cell has been focused by other means. */
  at(row: number, column: number): void;
  onKey(event: KeyboardEvent): void;
}

/** Keyboard of the ARIA grid pattern: one cell in the tab order; arrows, Home, End, Page Up and Down, Ctrl+Home and Ctrl+End move it. */
export function useGridFocus(
  extent: () => { rows: number; columns: number },
  reveal: (row: number) => void,
  pageRows: () => number,
  grid: Readonly<Ref<HTMLElement | null>>,
): GridFocus {
  const cell = shallowRef<Cell>({ row: 0, column: 0 });

  async function move(row: number, column: number): Promise<void> {
    const { rows, columns } = extent();
    if (rows === 0) return;
    cell.value = {
      row: Math.min(Math.max(row, 0), rows - 1),
      column: Math.min(Math.max(column, 0), columns - 1),
    };
    reveal(cell.value.row);
    // The row may have to be built first: after the scroll the virtual list renders in the next frame.
    await nextTick();
    requestAnimationFrame(() =>
      grid.value?.querySelector<HTMLElement>(`[data-cell="${cell.value.row}:${cell.value.column}"]`)?.focus(),
    );
  }

  return {
    tabindex: (row, column) => (cell.value.row === row && cell.value.column === column ? 0 : -1),
    at: (row, column) => void (cell.value = { row, column }),
    onKey(event) {
      if (!(event.target instanceof HTMLElement) || !event.target.dataset.cell) return;
      const { row, column } = cell.value;
      const { rows, columns } = extent();
      const ends = event.ctrlKey || event.metaKey;
      const targets: Record<string, [number, number]> = {
        ArrowDown: [row + 1, column],
        ArrowUp: [row - 1, column],
        ArrowRight: [row, column + 1],
        ArrowLeft: [row, column - 1],
        PageDown: [row + pageRows(), column],
        PageUp: [row - pageRows(), column],
        Home: [ends ? 0 : row, 0],
        End: [ends ? rows - 1 : row, columns - 1],
      };
      const to = targets[event.key];
      if (!to) return;
      event.preventDefault();
      void move(...to);
    },
  };
}
