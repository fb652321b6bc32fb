/** A column's names: as it stands in the file, as it is used, and as a person reads it. */
export interface ColumnName {
  readonly original: string;
  readonly name: string;
  readonly label: string;
  readonly unit: string | null;
}

/**
 * Names columns: trimmed, line ends within turned into blanks, an empty name "column 3", a repeated one with " (2)".
 *
 * @param names  as they stand in the file, or null without a header
 */
export function nameColumns(
  names: readonly string[] | null,
  width: number,
): { columns: ColumnName[]; warnings: string[] } {
  const taken = new Set<string>();
  const repeated: string[] = [];
  const columns = Array.from({ length: width }, (_, j): ColumnName => {
    const original = names?.[j] ?? '';
    const wanted = original.replace(/\s+/g, ' ').trim() || `column ${j + 1}`;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
    if (name !== wanted) repeated.push(name);
    taken.add(name);
    return { original, name, ...labelAndUnit(name) };
  });
  // A label without its unit must still tell two columns apart.
  const labels = new Map<string, number>();
  for (const { label } of columns) labels.set(label, (labels.get(label) ?? 0) + 1);
  const distinct = columns.map((column) =>
    (labels.get(column.label) ?? 0) > 1 ? { ...column, label: column.name, unit: null } : column,
  );
  const warnings = repeated.length
    ? [
        `${repeated.length === 1 ? 'A column name is' : `${repeated.length} column names are`} repeated; read as ${listed(repeated)}.`,
      ]
    : [];
  return { columns: distinct, warnings };
}

/** "Age (day)" -> Age, day. "Cement (component 1)(kg in a m^3 mixture)" -> Cement, kg in a m³ mixture. */
export function labelAndUnit(name: string): { label: string; unit: string | null } {
  const match = /^(.*\S)\s*[([]([^()[\]]+)[)\]]$/.exec(name);
  if (!match) return { label: name, unit: null };
  // "(MPa, megapascals)" says the unit twice.
  const unit = match[2].split(',')[0].trim();
  const isUnit =
    unit !== '' &&
    unit.length <= 32 &&
    /[\p{L}%°$€£]/u.test(unit) &&
    !/^(component|column|part|no\.?|number)\b/i.test(unit);
  if (!isUnit) return { label: name, unit: null };
  const label = match[1].replace(/\s*\([^()]*\)\s*$/, '').trim();
  return { label: label || match[1], unit: unit.replace(/\^([23])(?!\d)/g, (_, power) => (power === '2' ? '²' : '³')) };
}

/** "a", "a and b", "a, b and 4 others". */
export function listed(names: readonly string[], limit = 3): string {
  const quoted = names.map((name) => `“${name}”`);
  if (quoted.length <= 1) return quoted.join('');
  if (quoted.length <= limit) return `${quoted.slice(0, -1).join(', ')} and ${quoted[quoted.length - 1]}`;
  return `${quoted.slice(0, limit - 1).join(', ')} and ${quoted.length - limit + 1} others`;
}

/** The known name that takes the fewest changes to reach, when that is few enough to be a slip. */
export function nearestName(wanted: string, known: readonly string[]): string | null {
  const target = wanted.trim().toLowerCase();
  let best: string | null = null;
  let fewest = Math.max(2, Math.floor(target.length / 3)) + 1;
  for (const name of known) {
    const candidate = name.toLowerCase();
    const changes = target.length >= 3 && candidate.startsWith(target) ? 1 : editDistance(target, candidate);
    if (changes < fewest) [best, fewest] = [name, changes];
  }
  return best;
}

/** Levenshtein distance: the fewest insertions, deletions and replacements of characters. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
