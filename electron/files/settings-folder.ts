import { accessSync, constants, mkdirSync } from 'node:fs';

/**
 * Where settings are kept: the usual folder, or another where that cannot be written, as in a read-only home. Electron could not lock
 * the usual one there, would take itself for a second start and end without a window.
 */
export function settingsFolder(usual: string, another: () => string): string {
  try {
    mkdirSync(usual, { recursive: true });
    accessSync(usual, constants.W_OK);
    return usual;
  } catch {
    return another();
  }
}
