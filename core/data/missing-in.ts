import type { ColumnReading } from './database';
import type { MissingFound } from './missing';
import { listed, type ColumnName } from './names';
import type { Dialect } from './types';

/** Tokens that mean "no value" in one column, by column number. */
export function ownTokens(
  names: readonly ColumnName[],
  missingIn: NonNullable<Dialect['missingIn']>,
): Map<number, ColumnReading> {
  const own = new Map<number, ColumnReading>();
  names.forEach(({ name }, index) => {
    if (Object.hasOwn(missingIn, name)) own.set(index, { grouped: false, sign: null, missing: missingIn[name] });
  });
  return own;
}

/** Tokens that may not mean what they were taken for, or that were chosen and are not there. */
export function tokenWarnings(
  { alsoInText, unmet }: Pick<MissingFound, 'alsoInText' | 'unmet'>,
  names: readonly ColumnName[],
  missingIn: NonNullable<Dialect['missingIn']>,
): string[] {
  const tokens = [...new Set(alsoInText.map(({ token }) => token))];
  const known = new Set(names.map(({ name }) => name));
  return [
    ...tokens.map((token) => {
      const columns = alsoInText.filter((seen) => seen.token === token).map(({ column }) => names[column].name);
      return `“${token}” means “no value” among numbers and was read so in ${listed(columns)} too, where it could be a value of its own: take it off the codes for missing if it is.`;
    }),
    ...unmet.map(
      ({ token, column }) => `No cell of “${names[column].name}” is “${token}”, which was to mean “no value” there.`,
    ),
    ...Object.keys(missingIn)
      .filter((name) => !known.has(name))
      .map((name) => `There is no column “${name}” in which ${listed(missingIn[name])} could mean “no value”.`),
  ];
}
