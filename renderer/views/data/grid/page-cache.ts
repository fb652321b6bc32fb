import { shallowRef, triggerRef } from 'vue';
import type { Reply } from '../../../../core/protocol';
import type { Result } from '../../../../core/result';

export type GridRow = Reply<'data/page'>['rows'][number];
type Load = (offset: number, limit: number) => Promise<Result<Reply<'data/page'>>>;

export const PAGE = 200;
/** Pages kept: enough for a screen and its surroundings, few enough to forget a long scroll. */
const KEPT = 24;

/** Rows of a table fetched by the page as they come into sight. `version` changes when rows arrive. */
export function createPageCache(load: Load) {
  const pages = shallowRef(new Map<number, readonly GridRow[]>());
  const asked = new Set<number>();
  const current = { generation: 0 };

  async function fetch(page: number): Promise<void> {
    const { generation } = current;
    asked.add(page);
    const reply = await load(page * PAGE, PAGE);
    if (generation !== current.generation) return;
    asked.delete(page);
    if (!reply.ok) return;
    pages.value.set(page, reply.value.rows);
    for (const oldest of pages.value.keys()) {
      if (pages.value.size <= KEPT) break;
      pages.value.delete(oldest);
    }
    triggerRef(pages);
  }

  return {
    /** The row at a position, or null while it is not here. */
    row: (position: number): GridRow | null => pages.value.get(Math.floor(position / PAGE))?.[position % PAGE] ?? null,
    /** Fetches what is missing of the rows from first to last. */
    need(first: number, last: number): void {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
        const held = pages.value.get(page);
        if (held) {
          // Used again: the last to be forgotten.
          pages.value.delete(page);
          pages.value.set(page, held);
        } else if (!asked.has(page)) void fetch(page);
      }
    },
    /** Another table or order: nothing that is here or on its way belongs to it. */
    clear(): void {
      current.generation++;
      asked.clear();
      pages.value = new Map();
    },
  };
}
