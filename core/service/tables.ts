import { fail, ok, type Result } from '../result';

/** The open tables of one client, by id. */
export interface Tables<T> {
  add(id: string, table: T): void;
  get(id: string): Result<T>;
  close(id: string): void;
  closeAll(): void;
}

export function createTables<T extends { close(): void | Promise<void> }>(): Tables<T> {
  const open = new Map<string, T>();
  const close = (id: string) => {
    void open.get(id)?.close();
    open.delete(id);
  };
  return {
    add: (id, table) => void open.set(id, table),
    get(id) {
      const table = open.get(id);
      return table ? ok(table) : fail('data/not-open', 'That table is not open any more; open the file again.');
    },
    close,
    closeAll: () => [...open.keys()].forEach(close),
  };
}
