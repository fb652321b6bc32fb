/**
 * Those of some record numbers whose place is kept. Twice over rather than by `filter`, whose list of what it keeps takes several times
 * the memory; the numbers themselves where all are kept.
 */
export function rowsWhere(rows: Uint32Array, isKept: (place: number) => boolean): Uint32Array {
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (isKept(i)) count++;
  if (count === rows.length) return rows;
  const kept = new Uint32Array(count);
  for (let i = 0, at = 0; i < rows.length; i++) if (isKept(i)) kept[at++] = rows[i];
  return kept;
}

/** The values of some records. */
export function valuesAt(values: Float64Array, rows: Uint32Array): Float64Array {
  const own = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = values[rows[i]];
  return own;
}
