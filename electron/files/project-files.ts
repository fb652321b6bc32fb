import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { SavedProject, SaveFile } from '../../core/bridge';
import type { Result } from '../../core/result';
import { writeAtomically } from './atomic-write';
import { saveError } from './save-error';

export const PROJECT_EXTENSION = 'moe';

/** How a file on the disk was when it was last read or written here. */
interface Stamp {
  readonly changed: number;
  readonly bytes: number;
}

interface Place {
  readonly path: string;
  readonly stamp: Stamp | null;
}

/** What saving asks the user. */
export interface SaveDialogs {
  /** Null when the user closes the dialog. It has asked before it gives the name of a file that is there. */
  askForPlace(suggested: string): Promise<string | null>;
  /** Another program has written the file since; or a file of this name is there that nobody was asked about. */
  askToReplace(path: string, why: 'changed' | 'exists'): Promise<'cancel' | 'replace' | 'elsewhere'>;
}

export interface ProjectFiles {
  /** A project was opened from here: by this id it can be saved there again. */
  opened(id: string, path: string): Promise<void>;
  pathOf(place: string): string | null;
  /** Writes a project to its place, or where the user says. Null when they think better of it. */
  save(file: SaveFile, place: string | null, dialogs: SaveDialogs): Promise<Result<SavedProject | null>>;
}

/** Where projects were opened from and saved to. Pages know a place by its id. */
export function createProjectFiles(newId: () => string): ProjectFiles {
  const places = new Map<string, Place>();

  async function keep(id: string, path: string): Promise<void> {
    places.set(id, { path, stamp: await stampOf(path) });
  }

  async function choose(suggested: string, dialogs: SaveDialogs): Promise<string | null> {
    const chosen = await dialogs.askForPlace(suggested);
    if (chosen === null || isProject(chosen)) return chosen;
    // The dialog of some systems adds no extension: with it this is another file, about which nobody was asked.
    const path = `${chosen}.${PROJECT_EXTENSION}`;
    if (!(await stampOf(path))) return path;
    const answer = await dialogs.askToReplace(path, 'exists');
    if (answer === 'elsewhere') return choose(path, dialogs);
    return answer === 'replace' ? path : null;
  }

  async function destination(file: SaveFile, known: Place | undefined, dialogs: SaveDialogs): Promise<string | null> {
    if (!known) return choose(basename(file.name), dialogs);
    // A file that is gone is written anew without a question: nothing is lost by it.
    const now = await stampOf(known.path);
    if (!now || isSame(now, known.stamp)) return known.path;
    const answer = await dialogs.askToReplace(known.path, 'changed');
    if (answer === 'elsewhere') return choose(join(dirname(known.path), basename(file.name)), dialogs);
    return answer === 'replace' ? known.path : null;
  }

  return {
    opened: (id, path) => (isProject(path) ? keep(id, path) : Promise.resolve()),
    pathOf: (place) => places.get(place)?.path ?? null,
    async save(file, place, dialogs) {
      const known = place === null ? undefined : places.get(place);
      const path = await destination(file, known, dialogs);
      if (path === null) return { ok: true, value: null };
      try {
        // Through a link to the file it stands for: the link itself stays.
        await writeAtomically(await realpath(path).catch(() => path), file.content);
      } catch (error) {
        return { ok: false, error: { code: 'host/save-failed', message: saveError(path, error) } };
      }
      const id = known?.path === path && place !== null ? place : newId();
      await keep(id, path);
      return { ok: true, value: { place: id, name: basename(path) } };
    },
  };
}

export const isProject = (path: string): boolean => extname(path).toLowerCase() === `.${PROJECT_EXTENSION}`;

const isSame = (a: Stamp, b: Stamp | null): boolean => b !== null && a.changed === b.changed && a.bytes === b.bytes;

/** Null where there is no such file. */
async function stampOf(path: string): Promise<Stamp | null> {
  try {
    const { mtimeMs, size } = await stat(path);
    return { changed: mtimeMs, bytes: size };
  } catch {
    return null;
  }
}
