import { statfs } from 'node:fs/promises';
import { buildDesign, type Design } from '../data/design';
import { rowFiles } from '../data/large/file-store';
import {
  type MemoryLimit,
  memoryPlan,
  type MemoryPlan,
  overLimitWords,
  shownRows,
  sizeWords,
  whyFiles,
  windowBytes,
} from '../data/large/memory-plan';
import { UnwritableRows } from '../data/large/row-writer';
import type { Table } from '../data/table';
import type { DesignRecipe } from '../data/types';
import { dataChecks } from '../evaluate/checks';
import type { Check } from '../evaluate/types';
import { UnreadableRows } from '../model/row-file';
import type { ActivationId } from '../model/spec';
import { fail, ok, type Result } from '../result';

/** A design with what its rows say about the assumptions of the methods. */
export interface CheckedDesign {
  readonly design: Design;
  readonly checks: readonly Check[];
  /** Called when it is not needed any more: its rows may then be gone, what is at hand is not. Throws nothing; absent where all is in memory. */
  readonly remove?: () => void;
}

/** Where a fit takes its design from: built anew, or kept from the last time. */
export type DesignSource = (
  table: Table,
  recipe: DesignRecipe,
  activation: ActivationId,
) => Promise<Result<CheckedDesign>>;

/** All in memory. */
export const checkedDesign: DesignSource = async (table, recipe, activation) => {
  const built = await buildDesign(table, recipe, activation);
  return built.ok ? ok(await withChecks(built.value)) : built;
};

async function withChecks(design: Design): Promise<CheckedDesign> {
  const { train, test, encoded } = design;
  return { design, checks: await dataChecks(train, test, encoded) };
}

/**
 * In memory where it fits into the limit, else in files of the limit's folder, which the caller removes.
 *
 * @param log  told of files that could not be removed: they go with the folder, and no fit is lost for them
 */
export const designWithin =
  (limit: MemoryLimit, log: (error: unknown) => void = console.error): DesignSource =>
  async (table, recipe, activation) => {
    const plan = memoryPlan(table.info, recipe, limit.bytes);
    if (plan === null || !plan.onFile) return checkedDesign(table, recipe, activation);
    const over = overLimitWords(plan);
    if (over !== null) return fail('design/memory', over, { bytes: plan.needed });
    const free = await freeSpace(limit.folder);
    if (free < plan.disk) return noRoom(plan, limit.folder, `${sizeWords(free)} are free`);
    try {
      const files = await rowFiles(limit.folder, {
        shown: shownRows(limit, plan.columns),
        window: windowBytes(limit.bytes),
      });
      const remove = () => {
        try {
          files.remove();
        } catch (error) {
          log(error);
        }
      };
      try {
        const built = await buildDesign(table, recipe, activation, files.store);
        if (built.ok) return ok({ ...(await withChecks(built.value)), remove });
        remove();
        return built;
      } catch (error) {
        remove();
        throw error;
      }
    } catch (error) {
      if (error instanceof UnwritableRows) return noRoom(plan, limit.folder, error.code);
      if (error instanceof UnreadableRows) return fail('design/rows-file', error.message);
      throw error;
    }
  };

/** Bytes, as many as there can be where the system does not tell. */
async function freeSpace(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

const noRoom = ({ disk, inMemory, allowed }: MemoryPlan, folder: string, why: string): Result<never> =>
  fail(
    'design/no-room',
    `The rows ${whyFiles({ inMemory, allowed })}, and the ${sizeWords(disk)} of disk that they would need instead cannot be had in ${folder} (${why}): free some space there${inMemory > allowed ? ', allow more memory' : ''}, or choose fewer columns.`,
    { bytes: disk },
  );
