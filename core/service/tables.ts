import { fail, ok, type Result } from '../result';

/** A table in use: it stays open until it is released, even when it is closed meanwhile. */
export interface Held<T> {
  readonly table: T;
  release(): void;
}

/** The open tables of one client, by id. */
export interface Tables<T> {
  /** Closed at once when the client is gone by now. */
  add(id: string, table: T): void;
  hold(id: string): Result<Held<T>>;
  /** Holds the table for the time of `work`. */
  use<R>(id: string, work: (table: T) => Promise<Result<R>>): Promise<Result<R>>;
  close(id: string): void;
  closeAll(): void;
}

interface Entry<T> {
  readonly table: T;
  holders: number;
  /** No longer offered; its memory goes with its last holder. */
  closing: boolean;
}

/**
 * @param onClosed  called when a table is closed for good
 * @param onError  called with what closing it throws
 */
export function createTables<T extends { close(): Promise<void> }>(
  onClosed: (id: string) => void,
  onError: (error: unknown) => void,
): Tables<T> {
  const open = new Map<string, Entry<T>>();
  let gone = false;

  function closeUnheld(id: string, entry: Entry<T>): void {
    if (!entry.closing || entry.holders > 0) return;
    onClosed(id);
    entry.table.close().catch(onError);
  }

  function close(id: string): void {
    const entry = open.get(id);
    if (!entry) return;
    open.delete(id);
    entry.closing = true;
    closeUnheld(id, entry);
  }

  function hold(id: string): Result<Held<T>> {
    const entry = open.get(id);
    if (!entry) return fail('data/not-open', 'That table is not open any more; open the file again.');
    entry.holders += 1;
    return ok({
      table: entry.table,
      release() {
        entry.holders -= 1;
        closeUnheld(id, entry);
      },
    });
  }

  return {
    add(id, table) {
      open.set(id, { table, holders: 0, closing: false });
      if (gone) close(id);
    },
    hold,
    async use(id, work) {
      const held = hold(id);
      if (!held.ok) return held;
      try {
        return await work(held.value.table);
      } finally {
        held.value.release();
      }
    },
    close,
    closeAll() {
      gone = true;
      [...open.keys()].forEach(close);
    },
  };
}
