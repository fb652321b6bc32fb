/**
 * The name most like the one typed: a prefix or the fewest edits, case aside. Null when nothing is near: more than a third of
 * its letters would have to change.
 */
export function closest(typed: string, names: readonly string[]): string | null {
  const wanted = typed.toLowerCase();
  const ranked = names.map((name) => ({ name, distance: distance(wanted, name.toLowerCase()) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best !== undefined && best.distance <= Math.max(1, wanted.length / 3)) return best.name;
  return names.find((name) => wanted.length >= 3 && name.toLowerCase().startsWith(wanted)) ?? null;
}

/** Levenshtein's distance: insertions, deletions and replacements from one text to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[to.length];
}
