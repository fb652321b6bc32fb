import { setImmediate as breathe } from 'node:timers/promises';
import type { EncodedColumn } from '../../data/encode';
import { inTurns } from '../../turns';
import type { Part } from '../part';
import type { Check } from '../types';
import { bellShaped } from './bell-shaped';
import { bellShapedTogether } from './bell-shaped-together';
import { condition } from './condition';
import { correlationOf } from './correlation';
import { expertsWithinFeatures } from './experts-within-features';
import { repeatedRows } from './repeated-rows';
import { enoughRowsForMoments } from './rows-for-moments';
import { rowsPerParameter, type ModelSize } from './rows-per-parameter';
import { columnShapes } from './shapes';

/** Ids of the checks that matter to every method: before the fit, and of the fitted mixture. */
const GENERAL = [
  'rows-per-parameter',
  'condition',
  'repeated-rows',
  'experts-distinct',
  'experts-populated',
  'gate-separation',
  'signal-to-noise',
];

/** What the rows alone say, whatever will be fitted to them. Lets others run between checks. */
export async function dataChecks(
  train: Part,
  test: Part | null,
  encoded: readonly EncodedColumn[],
): Promise<readonly Check[]> {
  const shapes = await inTurns(columnShapes(train, encoded.length));
  await breathe();
  const correlation = correlationOf(train, shapes);
  await breathe();
  const together = bellShapedTogether(train, shapes, correlation);
  await breathe();
  const repeated = await inTurns(repeatedRows(train, test, encoded.length));
  await breathe();
  return [condition(correlation, encoded), repeated, bellShaped(shapes, encoded), together];
}

/**
 * Every assumption looked at before anything runs: what the data say, and how the model fits them. They inform and never block.
 *
 * @param rows  training rows
 */
export function checksBefore(data: readonly Check[], rows: number, size: ModelSize): Check[] {
  const checks = [rowsPerParameter(rows, size), ...data];
  const { experts, expertColumns } = size;
  if (experts < 2) return checks;
  return [...checks, enoughRowsForMoments(rows, experts, expertColumns), expertsWithinFeatures(experts, expertColumns)];
}

/** The checks that matter to a method: the general ones and those its promise rests on. */
export function checksFor(checks: readonly Check[], method: { readonly restsOn?: readonly string[] }): Check[] {
  return checks.filter(({ id }) => GENERAL.includes(id) || method.restsOn?.includes(id));
}
