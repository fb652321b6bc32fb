import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { RowFilter, Sought } from '../../core/data/rows/types';
import type { Reply } from '../../core/protocol';
import type { AppError } from '../../core/result';
import { useCore } from '../core';
import { useData } from './data';

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** A cell in sight: row -1 is the heads. */
export interface Cursor {
  readonly row: number;
  readonly column: number;
}

/** What was looked for last, and where it was found: how many-th of how many in sight. */
export interface Hit {
  readonly what: Sought;
  readonly at: NonNullable<Reply<'data/find'>['found']> | null;
  readonly count: number;
}

const same = (a: Sought | undefined, b: Sought): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Which rows of the open table are in sight, in which order, and where the cursor is among them. Filters of columns must all hold,
 * at most one a column; what is fitted does not depend on them. A table read again keeps them, as far as it has their columns;
 * another table begins without.
 */
export const useSight = defineStore('sight', () => {
  const core = useCore();
  const data = useData();
  const filters = shallowRef<readonly RowFilter[]>([]);
  const sort = shallowRef<Sorting | null>(null);
  /** How many rows are in sight; null while they are counted. */
  const total = shallowRef<number | null>(null);
  const cursor = shallowRef<Cursor>({ row: 0, column: 0 });
  /** Grows whenever the cursor's cell is to be brought before the user. */
  const shown = ref(0);
  const hit = shallowRef<Hit | null>(null);
  const seeking = ref(false);
  const error = shallowRef<AppError | null>(null);
  const attempt = ref(0);
  /** What is being looked for, until somebody looks for something else. */
  const last = shallowRef<{ what: Sought; done: Promise<boolean> } | null>(null);

  watch(
    () => data.table,
    (table, former) => {
      const again = table && former && table.file.sha256 === former.file.sha256;
      const names = new Set(again ? table.columns.map(({ name }) => name) : []);
      filters.value = filters.value.filter(({ column }) => names.has(column));
      if (sort.value && !names.has(sort.value.column)) sort.value = null;
      const columns = table?.columns.length ?? 0;
      cursor.value = again && cursor.value.column < columns ? cursor.value : { row: 0, column: 0 };
      total.value = null;
      forget();
    },
    { flush: 'sync' },
  );
  watch(
    [filters, sort],
    () => {
      total.value = null;
      cursor.value = { ...cursor.value, row: Math.min(cursor.value.row, 0) };
      forget();
    },
    { flush: 'sync' },
  );

  /** What is on its way is not wanted any more. */
  function forget(): void {
    attempt.value++;
    last.value = null;
    hit.value = null;
    seeking.value = false;
    error.value = null;
  }

  const filterOf = (column: string): RowFilter | null => filters.value.find((one) => one.column === column) ?? null;

  /** Takes the place of the column's filter; null takes it away. */
  function setFilter(column: string, filter: RowFilter | null): void {
    const others = filters.value.filter((one) => one.column !== column);
    filters.value = filter ? [...others, filter] : others;
  }

  /** Up, then down, then as in the file. */
  function sortBy(column: string): void {
    if (sort.value?.column !== column) sort.value = { column, descending: false };
    else sort.value = sort.value.descending ? null : { column, descending: true };
  }

  function show(place: Cursor): void {
    cursor.value = place;
    shown.value++;
  }

  /**
   * Brings the next match after the cursor into sight, or the one before it. What is looked for anew may stand at the cursor itself.
   * Steps to the same thing add up, however fast they come.
   *
   * @returns false when nothing in sight matches, or nobody waits for it any more
   */
  function seek(what: Sought, backwards = false): Promise<boolean> {
    const former = last.value && same(last.value.what, what) ? last.value.done : null;
    if (!former) attempt.value++;
    const mine = attempt.value;
    const done = (async () => {
      await former;
      return mine === attempt.value && step(what, backwards, mine);
    })();
    last.value = { what, done };
    return done;
  }

  async function step(what: Sought, backwards: boolean, mine: number): Promise<boolean> {
    const table = data.table;
    if (!table) return false;
    const anew = !same(hit.value?.what, what);
    const { row, column } = cursor.value;
    const from = row < 0 ? { position: 0, column: -1 } : { position: row, column: anew ? column - 1 : column };
    seeking.value = true;
    const reply = await core.send('data/find', {
      tableId: table.tableId,
      what,
      filter: [...filters.value],
      sort: sort.value,
      from,
      backwards,
    });
    if (mine !== attempt.value) return false;
    seeking.value = false;
    error.value = reply.ok ? null : reply.error;
    if (!reply.ok) return false;
    const { found, count } = reply.value;
    hit.value = { what, at: found, count };
    if (found) show({ row: found.position, column: found.column });
    return found !== null;
  }

  /** As `seek`; when the filters hide what is known to be there, they go. */
  async function jump(what: Sought, backwards = false): Promise<boolean> {
    if (await seek(what, backwards)) return true;
    if (filters.value.length === 0 || hit.value?.at !== null) return false;
    filters.value = [];
    return seek(what, backwards);
  }

  /** A record of the file (from 0) and a column. */
  async function reveal(row: number, column: string): Promise<void> {
    const index = data.table?.columns.findIndex(({ name }) => name === column) ?? -1;
    cursor.value = { row: Math.max(0, cursor.value.row), column: Math.max(0, index) };
    data.select([column]);
    await jump({ kind: 'row', row });
  }

  return {
    filters,
    sort,
    total,
    cursor,
    shown,
    hit,
    seeking,
    error,
    /** Rows may be missing from sight, or stand in another order than in the file. */
    changed: computed(() => filters.value.length > 0 || sort.value !== null),
    filterOf,
    setFilter,
    sortBy,
    showAll: (): void => void (filters.value = []),
    show,
    seek,
    jump,
    reveal,
    forget,
  };
});
