import type { Part } from '../part';
import type { EncodedColumn } from '../ranges';
import type { Check } from '../types';
import { bellShaped } from './bell-shaped';
import { condition } from './condition';
import { expertsWithinFeatures } from './experts-within-features';
import { columnMoments } from './moments';
import { repeatedRows } from './repeated-rows';
import { rowsPerParameter, type ModelSize } from './rows-per-parameter';

/** What the checks before a fit look at. */
export interface ChecksInput {
  readonly train: Part;
  readonly test: Part | null;
  readonly encoded: readonly EncodedColumn[];
  readonly size: ModelSize;
}

/** Ids of the checks that matter to every method. */
const GENERAL = ['rows-per-parameter', 'condition', 'repeated-rows'];

/** Every assumption looked at on this data, before anything runs. They inform and never block. */
export function checksBefore({ train, test, encoded, size }: ChecksInput): Check[] {
  const moments = columnMoments(train, encoded.length);
  const checks = [
    rowsPerParameter(train.actual.length, size),
    condition(train, moments, encoded),
    repeatedRows(train, test, encoded.length),
    bellShaped(moments, encoded),
  ];
  return size.experts > 1 ? [...checks, expertsWithinFeatures(size.experts, size.expertColumns)] : checks;
}

/** The checks that matter to a method: the general ones and those its promise rests on. */
export function checksFor(checks: readonly Check[], method: { readonly restsOn?: readonly string[] }): Check[] {
  return checks.filter(({ id }) => GENERAL.includes(id) || method.restsOn?.includes(id));
}
