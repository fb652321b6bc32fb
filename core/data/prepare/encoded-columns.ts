import type { Feature } from '../../model/feature';
import { transformedName, type Transform } from '../../model/transform';

/** One entry of the encoded vector z. */
export interface EncodedColumn {
  readonly name: string;
  readonly column: string;
  /** The level an indicator stands for ("missing" for one of no value); null for a number. */
  readonly level: string | null;
  /** What a number went through. */
  readonly transform?: Transform;
  /** An indicator of no value rather than of a level. */
  readonly absence?: true;
  /** A number in other units than the column's own: days, or part of a date. */
  readonly derived?: true;
}

/**
 * The entries of z, in order: a number as it is or transformed, a date as days or as parts, a category as one indicator for each level
 * but the reference; after a column's own entries the one that says "is missing". A made name that a column or level has already gets " (2)".
 */
export function encodedColumns(features: readonly Feature[]): EncodedColumn[] {
  const taken = new Set(
    features.flatMap((feature) => entries(feature).flatMap(({ name, made }) => (made ? [] : [name]))),
  );
  const unique = (wanted: string) => {
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
    taken.add(name);
    return name;
  };
  return features.flatMap((feature) =>
    entries(feature).map(({ made, ...entry }) => (made ? { ...entry, name: unique(entry.name) } : entry)),
  );
}

/** A feature's own entries, in their order; `made` where the name is made of the column's. */
export function entries(feature: Feature): (EncodedColumn & { readonly made: boolean })[] {
  const { column, missing } = feature;
  const flag =
    missing.policy === 'indicator' && missing.indicator
      ? [{ name: `${column} is missing`, column, level: 'missing', absence: true as const, made: true }]
      : [];
  if (feature.kind === 'categorical')
    return [
      ...feature.levels
        .filter((level) => level !== feature.reference)
        .map((level) => ({ name: `${column}=${level}`, column, level, made: false })),
      ...flag,
    ];
  if (feature.kind === 'date') {
    const names = feature.as.kind === 'elapsed' ? ['days'] : feature.as.parts;
    return [
      ...names.map((name) => ({
        name: `${name}(${column})`,
        column,
        level: null,
        derived: true as const,
        made: true,
      })),
      ...flag,
    ];
  }
  const { transform } = feature;
  const number = transform
    ? { name: transformedName(transform.kind, column), column, level: null, transform, made: true }
    : { name: column, column, level: null, made: false };
  return feature.constant ? flag : [number, ...flag];
}
