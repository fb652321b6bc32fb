import { watch } from 'vue';
import type { Reply } from '../../../core/protocol';
import { createPageCache } from '../../page-cache';
import type { RowQuery } from '../../stores/results';
import { useResults } from '../../stores/results';

export type ResultRow = Reply<'result/page'>['rows'][number];
export type RowOrder = Pick<RowQuery, 'which' | 'sort'>;

/** Rows of the chosen result by pages, as they come into sight. Another order or another result starts again. */
export function useResultRows(order: () => RowOrder) {
  const results = useResults();
  const cache = createPageCache<ResultRow>((offset, limit) => results.page({ ...order(), offset, limit }));
  watch(
    [() => JSON.stringify(order()), () => results.run?.id, () => results.tableId],
    () => {
      cache.clear();
      cache.need(0, 0);
    },
    { immediate: true },
  );
  return cache;
}
