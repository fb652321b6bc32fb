import { setImmediate as breathe } from 'node:timers/promises';
import type { Part } from '../part';
import type { EncodedColumn } from '../../data/encode';
import type { Check } from '../types';
import { bellShaped } from './bell-shaped';
import { condition } from './condition';
import { expertsWithinFeatures } from './experts-within-features';
import { columnShapes } from './shapes';
import { repeatedRows } from './repeated-rows';
import { rowsPerParameter, type ModelSize } from './rows-per-parameter';

/** Ids of the checks that matter to every method. */
const GENERAL = ['rows-per-parameter', 'condition', 'repeated-rows'];

/** What the rows alone say, whatever will be fitted to them. Lets others run between checks. */
export async function dataChecks(
  train: Part,
  test: Part | null,
  encoded: readonly EncodedColumn[],
): Promise<readonly Check[]> {
  const shapes = columnShapes(train, encoded.length);
  await breathe();
  const conditioned = condition(train, shapes, encoded);
  await breathe();
  const repeated = repeatedRows(train, test, encoded.length);
  await breathe();
  return [conditioned, repeated, bellShaped(shapes, encoded)];
}

/**
 * Every assumption looked at before anything runs: what the data say, and how the model fits them. They inform and never block.
 *
 * @param rows  training rows
 */
export function checksBefore(data: readonly Check[], rows: number, size: ModelSize): Check[] {
  const checks = [rowsPerParameter(rows, size), ...data];
  return size.experts > 1 ? [...checks, expertsWithinFeatures(size.experts, size.expertColumns)] : checks;
}

/** The checks that matter to a method: the general ones and those its promise rests on. */
export function checksFor(checks: readonly Check[], method: { readonly restsOn?: readonly string[] }): Check[] {
  return checks.filter(({ id }) => GENERAL.includes(id) || method.restsOn?.includes(id));
}
