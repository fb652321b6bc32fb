import { shallowRef, triggerRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import type { Reply } from '../../../core/protocol';
import type { AppError } from '../../../core/result';
import type { RowQuery } from '../../stores/results';
import { useResults } from '../../stores/results';

export type ResultRow = Reply<'result/page'>['rows'][number];
export type RowOrder = Pick<RowQuery, 'which' | 'sort'>;

const PAGE = 200;

export interface ResultRows {
  /** Rows of the present choice, or null before the first page. */
  readonly total: Readonly<ShallowRef<number | null>>;
  readonly error: Readonly<ShallowRef<AppError | null>>;
  /** Null while the row is on its way. */
  at(index: number): ResultRow | null;
  /** Asks for the pages that these rows lie on, where they are not there yet. */
  want(from: number, to: number): void;
}

/** Rows of the chosen result by pages, as they come into sight. Another order or another result starts again. */
export function useResultRows(order: () => RowOrder): ResultRows {
  const results = useResults();
  const total = shallowRef<number | null>(null);
  const error = shallowRef<AppError | null>(null);
  /** Page number -> its rows; null while asked for. */
  const pages = shallowRef(new Map<number, readonly ResultRow[] | null>());

  async function load(page: number): Promise<void> {
    const asked = pages.value;
    asked.set(page, null);
    const reply = await results.page({ ...order(), offset: page * PAGE, limit: PAGE });
    // Answers to a question that is no longer asked are dropped.
    if (asked !== pages.value) return;
    if (!reply.ok) {
      error.value = reply.error;
      return;
    }
    error.value = null;
    total.value = reply.value.total;
    pages.value.set(page, reply.value.rows);
    triggerRef(pages);
  }

  watch(
    [() => JSON.stringify(order()), () => results.run?.id, () => results.tableId],
    () => {
      pages.value = new Map();
      void load(0);
    },
    { immediate: true },
  );

  return {
    total,
    error,
    at: (index) => pages.value.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null,
    want(from, to) {
      for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++) {
        if (!pages.value.has(page)) void load(page);
      }
    },
  };
}
