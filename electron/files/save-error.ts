/** What a failed write means to its owner. */
export function saveError(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return `There is no room on the disk for ${path}; free some space and save again.`;
  if (code === 'ENOENT') return `The folder of ${path} is not there any more; choose another place.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path} may not be written; choose another folder.`;
  return `${path} could not be written (${message}); choose another place.`;
}
