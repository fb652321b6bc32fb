import { checkedDesign, type CheckedDesign, type DesignSource } from '../job';
import type { Result } from '../result';

/**
 * The designs a client works with, kept from one request to the next: every key in the form asks for one, the fit that follows wants
 * the same, and so do the rows of its result.
 */
export interface Designs {
  readonly of: DesignSource;
  /** Drops what is kept of a table. */
  forget(tableId: string): void;
}

/** That of the form, and that of a result with another recipe. Each is as large as the table's numbers twice over. */
const KEPT = 2;

export function createDesigns(build: DesignSource = checkedDesign): Designs {
  /** By recipe, the least recently asked for first. */
  const kept = new Map<string, { readonly tableId: string; readonly design: Promise<Result<CheckedDesign>> }>();

  return {
    async of(table, recipe, activation) {
      const { tableId } = table.info;
      const key = JSON.stringify([tableId, recipe, activation]);
      const entry = kept.get(key) ?? { tableId, design: build(table, recipe, activation) };
      kept.delete(key);
      kept.set(key, entry);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
      // A refusal costs nothing to keep; what was thrown may not happen again.
      return entry.design.catch((error: unknown) => {
        if (kept.get(key) === entry) kept.delete(key);
        throw error;
      });
    },
    forget(tableId) {
      for (const [key, entry] of kept) if (entry.tableId === tableId) kept.delete(key);
    },
  };
}
