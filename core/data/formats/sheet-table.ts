import { columnName, rangeName, type Area } from './sheet';
import { blocksOf, columnGroups, firstFullRow, type Block, type Extents } from './sheet-areas';
import { largest, sizeOf } from './sheet-choice';
import { cellsOf, lineOf } from './sheet-line';
import type { Decision, TableInfo } from '../types';

/** Where on a sheet the table is. */
export interface TablePlace {
  readonly area: Area;
  /** The row of names, or the first record. */
  readonly first: number;
  /** Rows above it that are no part of it: of another table, or outside the range that was asked for. */
  readonly apart: readonly { readonly top: number; readonly bottom: number }[];
  /** Columns outside the area hold something in its rows. */
  readonly cut: boolean;
  /** What else the sheet holds, as ranges. */
  readonly others: Decision['alternatives'];
  readonly warnings: readonly string[];
  readonly rejected: TableInfo['rejected'];
}

/** Rows that are named in the receipt; the rest are counted. */
const NAMED = 100;
/** Blank rows that may stand between the names and the records. */
const GAP = 2;

/**
 * Finds the table on a sheet: the largest block, without what stands beside it as a table of its own.
 *
 * @param range  asked for by hand
 * @param merged  merged cells of the sheet
 * @returns null for a sheet, or a range, without a cell
 */
export function chooseArea(
  extents: Extents,
  sheet: string,
  range: Area | null,
  merged: readonly Area[],
): TablePlace | null {
  const blocks = blocksOf(extents);
  if (range) {
    const touched = blocks.some(({ top, bottom }) => top <= range.bottom && bottom >= range.top);
    if (!touched) return null;
    const area = { ...range, bottom: Math.min(range.bottom, extents.rows - 1) };
    return {
      area,
      first: firstFullRow(extents, area, merged),
      apart: [{ top: 0, bottom: area.top - 1 }],
      cut: true,
      others: [],
      warnings: [],
      rejected: { count: 0, first: [] },
    };
  }
  const main = largest(blocks);
  if (!main) return null;
  const block = withNames(extents, blocks, main);
  const groups = columnGroups(extents, block);
  // Columns that end in another row are another table; an empty column within one is only that.
  const apart = groups.length > 1 && new Set(groups.map(({ last }) => last)).size > 1;
  const widest = groups.reduce(
    (best, group) => (group.right - group.left > best.right - best.left ? group : best),
    groups[0],
  );
  const area = apart ? { ...block, left: widest.left, right: widest.right } : block;
  const first = firstFullRow(extents, area, merged);
  const beside = apart
    ? groups.filter((group) => group !== widest).map(({ left, right }) => ({ ...block, left, right }))
    : [];
  const others = blocks.filter(
    (other) => other !== main && !(other.bottom >= block.top && other.bottom <= block.bottom),
  );
  const tables = others.filter(({ top, bottom, left, right }) => bottom > top && right > left);
  const offered = [...beside, ...tables];
  const above = tables.filter(({ bottom }) => bottom < area.top);
  const rejected = rowsOutside(extents, [...above, ...others.filter(({ top }) => top > area.bottom)], tables);
  const ranges = offered.map(rangeName).join(', ');
  return {
    area,
    first,
    apart: above,
    cut: apart,
    others: offered.map((other) => ({
      value: `${sheet}!${rangeName(other)}`,
      label: `${sheet}, ${rangeName(other)}`,
      because: beside.includes(other as Block)
        ? `${sizeOf(other, other.top)}, beside the table`
        : sizeOf(other, firstFullRow(extents, other)),
    })),
    warnings: offered.length
      ? [
          `The sheet holds ${offered.length === 1 ? 'another table' : `${offered.length} other tables`} in ${ranges}, and ${rangeName(area)} was read: choose a range such as “${sheet}!${rangeName(offered[0])}” for the sheet to read another.`,
        ]
      : groups.length > 1
        ? [
            `Column ${columnName(groups[0].right + 1)} of the sheet is empty: if two tables stand side by side, choose the range of one, such as “${sheet}!${rangeName({ ...area, right: groups[0].right })}”.`,
          ]
        : [],
    rejected,
  };
}

/** The block with a single row of names that stands above it with a blank row between. */
function withNames(extents: Extents, blocks: readonly Block[], main: Block): Block {
  const above = blocks[blocks.indexOf(main) - 1] as Block | undefined;
  if (!above || above.top !== above.bottom || main.top - above.bottom > GAP + 1) return main;
  const fits = above.left >= main.left && above.right <= main.right && above.numbers === 0;
  const enough = above.cells >= 0.5 * (main.right - main.left + 1) && above.cells >= 2;
  const named = extents.of(main.top).numbers === 0;
  return fits && enough && !named ? { ...main, top: above.top } : main;
}

function rowsOutside(extents: Extents, outside: readonly Block[], tables: readonly Block[]): TableInfo['rejected'] {
  const first: { line: number; reason: string }[] = [];
  let count = 0;
  for (const block of outside) {
    const reason = tables.includes(block) ? 'it is part of another table on the sheet' : 'it is a note below the table';
    for (let row = block.top; row <= block.bottom; row++) {
      if (extents.of(row).filled === 0) continue;
      count++;
      if (first.length < NAMED) first.push({ line: row + 1, reason });
    }
  }
  return { count, first };
}

/**
 * The lines of the text table, one for each row of the sheet up to the table's last. Rows of the table are as wide as it is;
 * rows above it hold what they hold, without the blanks between.
 *
 * @param raw  for each row that holds something a line of its cells from the first to the last of them
 * @param names  the row of names as it should be, given the row above it and the row itself
 */
export async function* tableLines(
  raw: AsyncIterable<readonly string[]>,
  extents: Extents,
  { area, first, apart, cut }: TablePlace,
  names: (above: readonly string[] | null, row: readonly string[]) => readonly string[],
): AsyncGenerator<string> {
  let row = 0;
  let above: { row: number; cells: readonly string[] } | null = null;
  const full = (line: string, at: { first: number; last: number }) => {
    if (at.first >= area.left && at.last <= area.right && !cut)
      return ','.repeat(at.first - area.left) + line + ','.repeat(area.right - at.last);
    return lineOf(placed(line, at.first).slice(area.left, area.right + 1), 0, area.right - area.left);
  };
  for await (const lines of raw) {
    let text = '';
    for (const line of lines) {
      for (; extents.of(row).filled === 0 && row <= area.bottom; row++) text += '\n';
      if (row > area.bottom) break;
      const at = extents.of(row);
      if (apart.some(({ top, bottom }) => row >= top && row <= bottom)) text += '\n';
      else if (row < first) {
        const cells = placed(line, at.first);
        above = { row, cells };
        text += `${lineOf(cells.filter((cell) => cell !== undefined && cell !== ''))}\n`;
      } else if (row === first) {
        const over = above?.row === row - 1 ? inArea(above.cells, area) : null;
        const width = area.right - area.left;
        text += `${lineOf(names(over, inArea(placed(line, at.first), area)), 0, width)}\n`;
      } else text += `${full(line, at)}\n`;
      row++;
    }
    yield text;
    if (row > area.bottom) return;
  }
}

/** Cells of a line by column of the sheet. */
const placed = (line: string, first: number): string[] => [...new Array<string>(first).fill(''), ...cellsOf(line)];

const inArea = (cells: readonly string[], { left, right }: Area): string[] =>
  Array.from({ length: right - left + 1 }, (_, j) => cells[left + j] ?? '');
