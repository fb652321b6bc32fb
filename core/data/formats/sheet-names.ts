import type { Area } from './sheet';

/**
 * The names of columns where groups of columns have names of their own above: "Large: Return" and "Small: Return" where the row
 * of names repeats itself, and the name from above where merged cells leave its place in the row empty.
 *
 * @param above  the row above the names, or null
 * @param merged  merged cells of the sheet
 * @param place  where the row of names is
 */
export function namesOf(
  above: readonly string[] | null,
  row: readonly string[],
  merged: readonly Area[],
  place: { readonly row: number; readonly left: number },
): { names: readonly string[]; joined: boolean } {
  if (!above) return { names: row, joined: false };
  const over = merged.filter(({ top, bottom }) => top <= place.row - 1 && bottom >= place.row - 1);
  const areaAt = (j: number) => over.find(({ left, right }) => left <= place.left + j && right >= place.left + j);
  const down = row.map((name, j) => {
    const area = areaAt(j);
    return name === '' && area && area.bottom >= place.row ? above[j] : name;
  });
  const repeated = new Set(down.filter((name, j) => name.trim() !== '' && down.indexOf(name) !== j));
  if (repeated.size === 0) return { names: down, joined: false };
  const names = down.map((name, j) => {
    const area = areaAt(j);
    if (!repeated.has(name) || !area || area.bottom >= place.row || area.left === area.right) return name;
    const group = (above[area.left - place.left] ?? '').trim();
    return group === '' ? name : `${group}: ${name.trim()}`;
  });
  return { names, joined: names.some((name, j) => name !== down[j]) };
}
