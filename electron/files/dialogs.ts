import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dialog, type BrowserWindow, type MessageBoxOptions, type OpenDialogOptions } from 'electron';
import type { SaveFile } from '../../core/bridge';
import type { Result } from '../../core/result';
import { writeAtomically } from './atomic-write';
import type { ClosingAnswer, ClosingQuestion } from '../windows/closing';
import { PROJECT_EXTENSION, type SaveDialogs } from './project-files';
import { saveError } from './save-error';

const TABLES = ['csv', 'tsv', 'txt', 'data', 'dat', 'tab', 'xlsx', 'xlsm', 'parquet', 'gz'];

/** The system's dialog for a table or project to open; of its own where there is no window. Null when the user closes it. */
export async function askForFile(window: BrowserWindow | null): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: 'Open a table or project',
    properties: ['openFile'],
    filters: [
      { name: 'Tables and projects', extensions: [...TABLES, PROJECT_EXTENSION] },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
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

/** What saving a project asks, above this window. */
export function saveDialogs(window: BrowserWindow): SaveDialogs {
  return {
    async askForPlace(suggested) {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Save the project',
        defaultPath: suggested,
        filters: [{ name: 'MoE Lab projects', extensions: [PROJECT_EXTENSION] }],
        // Linux asks before it gives the name of a file that is there only when told to.
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || !filePath ? null : filePath;
    },
    async askToReplace(path, why) {
      const name = basename(path);
      const message =
        why === 'changed'
          ? `“${name}” was changed by another program or window since it was opened or saved here.`
          : `A file “${name}” is there already.`;
      return ask(window, message, [
        { label: 'Cancel', answer: 'cancel' },
        { label: 'Save as…', answer: 'elsewhere' },
        { label: 'Replace', answer: 'replace' },
      ]);
    },
  };
}

export function askBeforeClosing(window: BrowserWindow, { message, buttons }: ClosingQuestion): Promise<ClosingAnswer> {
  return ask(window, message, buttons);
}

/** True when the file that is not there is to be taken off the list. */
export async function offerToForget(window: BrowserWindow, message: string): Promise<boolean> {
  const answer = await ask(window, message, [
    { label: 'Keep in the list', answer: 'keep' },
    { label: 'Remove from the list', answer: 'remove' },
  ]);
  return answer === 'remove';
}

/**
 * A question above a window. The first answer is the careful one: what Enter, Escape and closing the dialog give.
 *
 * @param signal  takes the question back, as if it had been closed
 */
export async function ask<Answer extends string>(
  window: BrowserWindow,
  message: string,
  buttons: readonly { readonly label: string; readonly answer: Answer }[],
  signal?: AbortSignal,
): Promise<Answer> {
  const options: MessageBoxOptions = {
    type: 'warning',
    message,
    buttons: buttons.map(({ label }) => label),
    defaultId: 0,
    cancelId: 0,
    // Windows would make links of the labels it does not know.
    noLink: true,
    signal,
  };
  const { response } = await dialog.showMessageBox(window, options);
  return (buttons[response] ?? buttons[0]).answer;
}

async function askForName(window: BrowserWindow, file: SaveFile): Promise<string[] | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: basename(file.name),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
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
  const message =
    present.length === 1
      ? `A file “${present[0]}” is there already.`
      : `${present.length} of these files are there already: ${present.join(', ')}.`;
  const answer = await ask(window, message, [
    { label: 'Cancel', answer: 'cancel' },
    { label: 'Replace', answer: 'replace' },
  ]);
  return answer === 'replace' ? places : null;
}
