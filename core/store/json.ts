/**
 * JSON that keeps every number to the last digit: numbers that JSON has no word for, and arrays of doubles, are objects with the
 * single key `$`. Everything else is as usual, so that other programs read it.
 */
const MARK = '$';
const rare: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

export const toJson = (value: unknown): string => JSON.stringify(value, (_, entry: unknown) => marked(entry));

/** Throws on what is no such JSON. */
export const fromJson = (text: string): unknown => JSON.parse(text, (_, entry: unknown) => unmarked(entry));

function marked(value: unknown): unknown {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { [MARK]: Object.is(value, -0) ? '-0' : String(value) };
  return value instanceof Float64Array ? { [MARK]: Array.from(value) } : value;
}

function unmarked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, MARK)) return value;
  const mark = (value as Record<string, unknown>)[MARK];
  if (typeof mark === 'string' && Object.hasOwn(rare, mark)) return rare[mark];
  if (Array.isArray(mark) && mark.every((entry) => typeof entry === 'number')) return Float64Array.from(mark);
  return value;
}

/**
 * A copy with 0 in the place of every number that is not finite. Descriptions of results take finite numbers alone, yet a start that
 * went wrong has others: this copy is what is checked.
 */
export function finiteCopy(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : 0;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(finiteCopy);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, finiteCopy(entry)]));
}
