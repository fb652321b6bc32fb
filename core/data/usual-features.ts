import type { ColumnInfo } from './types';

/** The features of a fit that names none: every column but the target, unless its role is to be ignored. */
export const usualFeatures = (columns: readonly ColumnInfo[], target: string): string[] =>
  columns.filter(({ name, suggestedRole }) => name !== target && suggestedRole !== 'ignore').map(({ name }) => name);
