import { basename } from 'node:path';
import type { SaveFile } from '../../core/bridge';

const MOST_FILES = 100;

/** Whether what a page sent is a list of files to save. Names are used by their last part only, wherever they are written. */
export function isSaveRequest(value: unknown): value is readonly SaveFile[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_FILES || !value.every(isSaveFile))
    return false;
  // In one folder a second file of the same name would replace the first; some systems do not tell A from a.
  return new Set(value.map(({ name }) => basename(name).toLowerCase())).size === value.length;
}

/** Whether it is one file to save. */
export function isSaveFile(value: unknown): value is SaveFile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, mime, content } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    !['', '.', '..'].includes(basename(name)) &&
    !name.includes('\0') &&
    typeof mime === 'string' &&
    (typeof content === 'string' || content instanceof Uint8Array)
  );
}
