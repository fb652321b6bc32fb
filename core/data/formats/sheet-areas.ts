import { MOST_ROWS, type Area, type SheetRow } from './sheet';

/** Where a sheet holds something: row by row, without the cells. */
export interface Extents {
  add(row: SheetRow): void;
  /** Rows up to the last that holds something. */
  readonly rows: number;
  /** Of a row: the first and last column that hold something, how many do, and how many hold numbers; filled 0 for a blank row. */
  of(row: number): { first: number; last: number; filled: number; numbers: number };
  /** The last row in which a column holds something; -1 for an empty column. */
  lastIn(column: number): number;
}

const FIELDS = 4;

export function newExtents(): Extents {
  let kept = new Uint16Array(FIELDS * 1024);
  const lastRow: number[] = [];
  let rows = 0;
  return {
    add({ row, cells, filled, numbers }) {
      const at = FIELDS * row;
      if (at >= kept.length) {
        const larger = new Uint16Array(FIELDS * Math.min(MOST_ROWS, Math.max(row + 1, 2 * rows + 1024)));
        larger.set(kept);
        kept = larger;
      }
      let first = -1;
      let last = -1;
      cells.forEach((_, column) => {
        if (first === -1) first = column;
        last = column;
        lastRow[column] = row;
      });
      kept.set([first, last, filled, numbers], at);
      rows = row + 1;
    },
    get rows() {
      return rows;
    },
    of(row) {
      const [first, last, filled, numbers] = kept.subarray(FIELDS * row, FIELDS * row + FIELDS);
      return { first, last, filled, numbers };
    },
    lastIn: (column) => lastRow[column] ?? -1,
  };
}

/** A table, or a note, on a sheet. */
export interface Block extends Area {
  /** Cells that hold something. */
  readonly cells: number;
  readonly numbers: number;
}

/**
 * What stands on a sheet, from above to below: rows between blank rows. A block that goes on below a blank row as the one above
 * it began, in its columns and with numbers as it has them, is the same block.
 */
export function blocksOf(extents: Extents): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (let row = 0; row <= extents.rows; row++) {
    const { first, last, filled, numbers } =
      row < extents.rows ? extents.of(row) : { first: 0, last: 0, filled: 0, numbers: 0 };
    if (filled > 0) {
      open = open
        ? {
            top: open.top,
            bottom: row,
            left: Math.min(open.left, first),
            right: Math.max(open.right, last),
            cells: open.cells + filled,
            numbers: open.numbers + numbers,
          }
        : { top: row, bottom: row, left: first, right: last, cells: filled, numbers };
    } else if (open) {
      const above = blocks.at(-1);
      if (above && continues(extents, above, open)) blocks[blocks.length - 1] = joined(above, open);
      else blocks.push(open);
      open = null;
    }
  }
  return blocks;
}

function continues(extents: Extents, above: Block, below: Block): boolean {
  if (below.left < above.left || below.right > above.right) return false;
  const rows = above.bottom - above.top + 1;
  const first = extents.of(below.top);
  if (rows < 2) return false;
  return above.numbers > 0
    ? first.numbers >= 0.5 * (above.numbers / rows)
    : first.filled >= 0.8 * (above.cells / rows) && below.cells >= 2;
}

const joined = (above: Block, below: Block): Block => ({
  ...above,
  bottom: below.bottom,
  cells: above.cells + below.cells,
  numbers: above.numbers + below.numbers,
});

/** The groups of columns of a block between columns that are empty on the whole sheet. */
export function columnGroups(extents: Extents, { left, right }: Area): { left: number; right: number; last: number }[] {
  const groups: { left: number; right: number; last: number }[] = [];
  let fresh = true;
  for (let column = left; column <= right; column++) {
    const last = extents.lastIn(column);
    if (last === -1) fresh = true;
    else if (fresh) {
      groups.push({ left: column, right: column, last });
      fresh = false;
    } else {
      const group = groups[groups.length - 1];
      groups[groups.length - 1] = { left: group.left, right: column, last: Math.max(group.last, last) };
    }
  }
  return groups;
}

/**
 * The first row of an area that is filled like its other rows: the row of names, or the first record. What stands above it is a
 * title, a note or the names of groups of columns, which are merged cells over a row without numbers.
 */
export function firstFullRow(
  extents: Extents,
  { top, bottom, left, right }: Area,
  merged: readonly Area[] = [],
): number {
  const counts: number[] = [];
  for (let row = top; row <= bottom; row++) {
    const { filled } = extents.of(row);
    if (filled > 0) counts.push(Math.min(filled, right - left + 1));
  }
  const typical = counts.sort((a, b) => a - b)[counts.length >> 1] ?? 1;
  const enough = Math.min(right - left + 1, Math.max(2, typical / 2));
  let first = top;
  while (first < bottom && extents.of(first).filled < enough) first++;
  if (first === bottom) return top;
  const groups = (row: number) =>
    merged.some((one) => one.bottom === row && one.right > one.left && one.left >= left && one.right <= right);
  while (first + 1 < bottom && groups(first) && extents.of(first + 1).filled > 0 && extents.of(first + 1).numbers === 0)
    first++;
  return first;
}
