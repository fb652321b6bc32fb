import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import type { SaveFile } from '../core/bridge';
import type { Result } from '../core/result';
import { writeAtomically } from './atomic-write';

/** The system's dialog for a table to open. Null when the user closes it. */
export async function askForTable(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a table',
    properties: ['openFile'],
    filters: [
      { name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'data', 'dat', 'tab'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks where to put the files and writes them: a name for one, a folder for several. False when the user thinks better of it. */
export async function saveFiles(window: BrowserWindow, files: readonly SaveFile[]): Promise<Result<boolean>> {
  const places = files.length === 1 ? await askForName(window, files[0]) : await askForFolder(window, files);
  if (!places) return { ok: true, value: false };
  for (const [i, place] of places.entries()) {
    try {
      await writeAtomically(place, files[i].content);
    } catch (error) {
      return { ok: false, error: { code: 'host/save-failed', message: saveError(place, error) } };
    }
  }
  return { ok: true, value: true };
}

async function askForName(window: BrowserWindow, file: SaveFile): Promise<string[] | null> {
  // The system's dialog asks before it lets an existing file be chosen.
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: basename(file.name) });
  return canceled || !filePath ? null : [filePath];
}

async function askForFolder(window: BrowserWindow, files: readonly SaveFile[]): Promise<string[] | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: `Choose a folder for ${files.length} files`,
    buttonLabel: 'Save here',
    properties: ['openDirectory', 'createDirectory'],
  });
  if (canceled || !filePaths[0]) return null;
  const places = files.map(({ name }) => join(filePaths[0], basename(name)));
  const present = places.filter((place) => existsSync(place)).map((place) => basename(place));
  if (!present.length) return places;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: present.length === 1 ? `Replace ${present[0]}?` : `Replace ${present.length} files?`,
    detail: `The folder already holds ${present.join(', ')}.`,
    buttons: ['Cancel', 'Replace'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1 ? places : null;
}

function saveError(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return `There is no room on the disk for ${path}; free some space and save again.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path} may not be written; choose another folder.`;
  return `${path} could not be written (${message}); choose another place.`;
}
