import { buildDesign, type Design } from '../data/design';
import type { Table } from '../data/table';
import type { DesignRecipe } from '../data/types';
import { dataChecks } from '../evaluate/checks';
import type { Check } from '../evaluate/types';
import type { ActivationId } from '../model/spec';
import { ok, type Result } from '../result';

/** A design with what its rows say about the assumptions of the methods. */
export interface CheckedDesign {
  readonly design: Design;
  readonly checks: readonly Check[];
}

/** Where a fit takes its design from: built anew, or kept from the last time. */
export type DesignSource = (
  table: Table,
  recipe: DesignRecipe,
  activation: ActivationId,
) => Promise<Result<CheckedDesign>>;

export const checkedDesign: DesignSource = async (table, recipe, activation) => {
  const built = await buildDesign(table, recipe, activation);
  if (!built.ok) return built;
  const { train, test, encoded } = built.value;
  return ok({ design: built.value, checks: await dataChecks(train, test, encoded) });
};
