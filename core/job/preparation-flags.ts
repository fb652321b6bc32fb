import type { ColumnPreparation, DesignRecipe } from '../data/types';

/** A step of a column and its flag, in the order in which they are told. */
export const preparationFlagNames = {
  missing: 'missing-policy',
  winsorise: 'winsorise',
  transform: 'transform',
  reference: 'reference',
  pool: 'pool',
  date: 'date',
} as const satisfies Readonly<Record<keyof ColumnPreparation, string>>;

/** The flags of `moe-lab fit` that prepare columns and target in the same way, as names and values; none for what is not used. */
export function preparationFlags(
  recipe: Pick<DesignRecipe, 'target' | 'features' | 'gateFeatures' | 'prepare' | 'targetTransform'>,
): (readonly [flag: string, value: string])[] {
  const { prepare = {}, features, gateFeatures, targetTransform = 'none' } = recipe;
  const steps = Object.keys(preparationFlagNames) as (keyof ColumnPreparation)[];
  const columns = [...new Set([...features, ...(gateFeatures ?? [])])].filter((name) => Object.hasOwn(prepare, name));
  return [
    ...columns.flatMap((name) =>
      steps.flatMap((step) => {
        const value = prepare[name][step];
        return value === undefined ? [] : [[preparationFlagNames[step], `${name}=${value}`] as const];
      }),
    ),
    ...(targetTransform === 'none' ? [] : [['target-transform', targetTransform] as const]),
  ];
}
