import type { Table } from '../data/table';
import type { DesignRecipe } from '../data/types';
import { checkedDesign, type CheckedDesign, type DesignSource } from '../job';
import { UnreadableRows } from '../model/row-file';
import type { ActivationId } from '../model/spec';
import { fail, ok, type Result } from '../result';

/**
 * The designs a client works with, kept from one request to the next: every key in the form asks for one, the fit that follows wants
 * the same, and so do the rows of its result.
 */
export interface Designs {
  /** Work on one of them. Files of rows stay for as long, whatever is dropped meanwhile; rows that are gone all the same are a failure. */
  use<R>(
    table: Table,
    recipe: DesignRecipe,
    activation: ActivationId,
    work: (design: CheckedDesign) => Promise<Result<R>>,
  ): Promise<Result<R>>;
  /** One whose rows are passed over later: its files stay until `remove` is called, whatever is dropped meanwhile. */
  readonly held: DesignSource;
  /** Drops what is kept of a table. */
  forget(tableId: string): void;
}

/** That of the form, and that of a result with another recipe. Each is as large as the table's numbers twice over. */
const KEPT = 2;

/** Refusals that are not the recipe's: there may be room the next time. */
const OF_THE_DISK = new Set(['design/no-room', 'design/rows-file']);

interface Entry {
  readonly tableId: string;
  /** Bytes of memory that it was allowed. */
  readonly limit: number;
  readonly design: Promise<Result<CheckedDesign>>;
  /** This cache, and those who hold it. */
  holders: number;
}

/**
 * @param limit  bytes that a design may take now: one that was built with another limit is built again
 * @param log    told of files that could not be removed
 */
export function createDesigns(
  build: DesignSource = checkedDesign,
  limit: () => number = () => Infinity,
  log: (error: unknown) => void = console.error,
): Designs {
  /** By recipe, the least recently asked for first. */
  const kept = new Map<string, Entry>();

  /** What the last holder leaves is removed. */
  function leave(entry: Entry): void {
    entry.holders -= 1;
    if (entry.holders > 0) return;
    entry.design
      .then(
        (built) => {
          if (built.ok) built.value.remove?.();
        },
        // Whoever asked for it was told.
        () => undefined,
      )
      .catch(log);
  }

  function drop(key: string, entry: Entry): void {
    if (kept.get(key) !== entry) return;
    kept.delete(key);
    leave(entry);
  }

  function entryOf([table, recipe, activation]: Parameters<DesignSource>): [string, Entry] {
    const { tableId } = table.info;
    const key = JSON.stringify([tableId, recipe, activation]);
    const known = kept.get(key);
    if (known && known.limit !== limit()) drop(key, known);
    const entry = kept.get(key) ?? {
      tableId,
      limit: limit(),
      design: build(table, recipe, activation),
      holders: 1,
    };
    kept.delete(key);
    kept.set(key, entry);
    if (kept.size > KEPT) drop(...([...kept][0] as [string, Entry]));
    return [key, entry];
  }

  async function designOf(key: string, entry: Entry): Promise<Result<CheckedDesign>> {
    // A refusal costs nothing to keep; what was thrown, and what the disk refused, may not happen again.
    const built = await entry.design.catch((error: unknown) => {
      drop(key, entry);
      throw error;
    });
    if (!built.ok && OF_THE_DISK.has(built.error.code)) drop(key, entry);
    return built;
  }

  return {
    async use(table, recipe, activation, work) {
      const [key, entry] = entryOf([table, recipe, activation]);
      entry.holders += 1;
      try {
        const built = await designOf(key, entry);
        return built.ok ? await work(built.value) : built;
      } catch (error) {
        if (!(error instanceof UnreadableRows)) throw error;
        // Built again the next time.
        drop(key, entry);
        return fail('design/rows-file', error.message);
      } finally {
        leave(entry);
      }
    },
    async held(...asked) {
      const [key, entry] = entryOf(asked);
      entry.holders += 1;
      const built = await designOf(key, entry);
      if (!built.ok || built.value.remove === undefined) return built;
      let isHeld = true;
      return ok({
        ...built.value,
        remove() {
          if (isHeld) leave(entry);
          isHeld = false;
        },
      });
    },
    forget(tableId) {
      for (const [key, entry] of [...kept]) if (entry.tableId === tableId) drop(key, entry);
    },
  };
}
