import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The files a command line names, as full paths; file managers of Linux name them by file: addresses. What begins with a dash is an
 * option of Electron or of the system, up to a bare "--". A folder is no file: running from the source, the program's own is named first.
 *
 * @param argv  without the program itself
 * @param folder  where relative names begin: the caller's working folder
 */
export function filesNamed(argv: readonly string[], folder: string): string[] {
  const end = argv.indexOf('--');
  const before = end < 0 ? argv : argv.slice(0, end);
  const named = [...before.filter((argument) => !argument.startsWith('-')), ...(end < 0 ? [] : argv.slice(end + 1))];
  return [...new Set(named.filter(Boolean).map((name) => resolve(folder, pathOf(name))))].filter(
    (path) => !isFolder(path),
  );
}

function pathOf(name: string): string {
  if (!/^file:/i.test(name)) return name;
  try {
    return fileURLToPath(name);
  } catch {
    return name;
  }
}

/** A name that leads nowhere stays: the page says that there is no such file. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
