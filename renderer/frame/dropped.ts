import type { Told } from '../stores/notice';

/** One thing that was dropped on the window. */
export interface Dropped {
  readonly file: File;
  readonly folder: boolean;
}

/** What is to be opened of what was dropped, and what to say about the rest. */
export interface Taken {
  readonly file: File | null;
  readonly told: Told | null;
}

/** The things of a drop. To be read while the event is handled: later they are gone. */
export function droppedIn(transfer: DataTransfer | null): Dropped[] {
  return [...(transfer?.items ?? [])].flatMap((item) => {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    return file ? [{ file, folder: item.webkitGetAsEntry()?.isDirectory ?? false }] : [];
  });
}

/** One table is open at a time, so the first file is taken; a folder is none. */
export function taken(dropped: readonly Dropped[]): Taken {
  const files = dropped.filter(({ folder }) => !folder).map(({ file }) => file);
  const [first, ...others] = files;
  if (!first) {
    const [only] = dropped;
    const fact = only ? `“${only.file.name}” is a folder.` : 'What was dropped is not a file.';
    const rest = 'Drop a table (CSV, text, .xlsx or Parquet) or a project (.moe).';
    return { file: null, told: { kind: 'amber', fact, rest } };
  }
  if (dropped.length === 1) return { file: first, told: null };
  const left =
    others.length === 0
      ? 'folders were'
      : others.length === 1
        ? `“${others[0].name}” was`
        : `the other ${others.length} files were`;
  return {
    file: first,
    told: { kind: 'info', fact: 'One file at a time.', rest: `“${first.name}” was taken, ${left} left.` },
  };
}
