import type { SaveFile } from '../core/bridge';

const MOST_FILES = 100;

/** Whether what a page sent is a list of files to save. Names are used by their last part only, wherever they are written. */
export function isSaveRequest(value: unknown): value is readonly SaveFile[] {
  return Array.isArray(value) && value.length > 0 && value.length <= MOST_FILES && value.every(isSaveFile);
}

/** Whether it is one file to save. */
export function isSaveFile(value: unknown): value is SaveFile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, mime, content } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    name.length > 0 &&
    !['.', '..'].includes(name) &&
    typeof mime === 'string' &&
    (typeof content === 'string' || content instanceof Uint8Array)
  );
}
