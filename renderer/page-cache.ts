import { readonly, shallowRef, triggerRef } from 'vue';
import type { AppError, Result } from '../core/result';

type Load<Row> = (offset: number, limit: number) => Promise<Result<{ total: number; rows: readonly Row[] }>>;

export const PAGE = 200;
/** Pages kept: enough for a screen and its surroundings, few enough to forget a long scroll. */
const KEPT = 24;

/** Cells that are read out of an answer in one task: a page of a wide table has fewer rows. */
const CELLS = 2400;
/** Fewer rows than these are not worth a question. */
const LEAST = 8;

/** Rows of a page of a table with so many columns. */
export const pageRows = (columns: number): number => Math.max(LEAST, Math.min(PAGE, Math.floor(CELLS / columns)));

/**
 * Rows that are with the core, fetched by the page as they come into sight.
 *
 * @param size  rows of a page; asked when there are no pages
 */
export function createPageCache<Row>(load: Load<Row>, size: () => number = () => PAGE) {
  const pages = shallowRef(new Map<number, readonly Row[]>());
  const asked = new Set<number>();
  const current = { generation: 0, size: size() };
  /** How many rows there are; null before the first page. */
  const total = shallowRef<number | null>(null);
  /** Why the rows in sight could not be fetched. */
  const error = shallowRef<AppError | null>(null);

  async function fetch(page: number): Promise<void> {
    const { generation } = current;
    asked.add(page);
    const reply = await load(page * current.size, current.size);
    // Answers to a question that is no longer asked are dropped.
    if (generation !== current.generation) return;
    asked.delete(page);
    error.value = reply.ok ? null : reply.error;
    if (!reply.ok) return;
    total.value = reply.value.total;
    pages.value.set(page, reply.value.rows);
    for (const oldest of pages.value.keys()) {
      if (pages.value.size <= KEPT) break;
      pages.value.delete(oldest);
    }
    triggerRef(pages);
  }

  return {
    total: readonly(total),
    error: readonly(error),
    /** The row at a position, or null while it is not here. */
    row: (position: number): Row | null =>
      pages.value.get(Math.floor(position / current.size))?.[position % current.size] ?? null,
    /** Fetches what is missing of the rows from first to last. */
    need(first: number, last: number): void {
      for (let page = Math.floor(first / current.size); page <= Math.floor(last / current.size); page++) {
        const held = pages.value.get(page);
        if (held) {
          // Used again: the last to be forgotten.
          pages.value.delete(page);
          pages.value.set(page, held);
        } else if (!asked.has(page)) void fetch(page);
      }
    },
    /** Another table, result or order: nothing that is here or on its way belongs to it. */
    clear(): void {
      current.generation++;
      current.size = size();
      asked.clear();
      pages.value = new Map();
      error.value = null;
    },
  };
}
