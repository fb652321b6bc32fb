import type { ColumnPreparation, ColumnType } from '../../core/data/types';

export type Step = keyof ColumnPreparation;
export type MissingPolicy = NonNullable<ColumnPreparation['missing']>;
export type Transform = NonNullable<ColumnPreparation['transform']>;

/** The steps a column of a type can have, in the order in which they are carried out. */
export const stepsOf: Readonly<Record<ColumnType, readonly Step[]>> = {
  number: ['missing', 'winsorise', 'transform'],
  category: ['missing', 'pool', 'reference'],
  boolean: ['missing', 'reference'],
  date: ['missing', 'date'],
  text: [],
};

const numericPolicies: readonly MissingPolicy[] = ['drop-row', 'mean', 'median', 'most-frequent', 'indicator'];
const levelPolicies: readonly MissingPolicy[] = ['drop-row', 'most-frequent', 'indicator'];

/** A mean needs numbers; a date has one as well. */
export const policiesOf = (type: ColumnType): readonly MissingPolicy[] =>
  type === 'category' || type === 'boolean' ? levelPolicies : type === 'text' ? [] : numericPolicies;

/** Of the steps chosen, those that a column of this type can have. */
export function applicable(type: ColumnType, steps: ColumnPreparation): ColumnPreparation {
  const able = Object.entries(steps).filter(
    ([step, value]) =>
      (stepsOf[type] as readonly string[]).includes(step) &&
      (step !== 'missing' || policiesOf(type).includes(value as MissingPolicy)),
  );
  return Object.fromEntries(able);
}

/** Steps set; `undefined` takes one back. */
export const withSteps = (steps: ColumnPreparation, change: ColumnPreparation): ColumnPreparation =>
  Object.fromEntries(Object.entries({ ...steps, ...change }).filter(([, value]) => value !== undefined));
