import { access } from 'node:fs/promises';
import { basename, dirname, isAbsolute, sep } from 'node:path';
import { z } from 'zod';
import type { RecentFile } from '../../core/bridge';
import type { Result } from '../../core/result';
import { jsonFile } from './json-file';

const MOST = 10;

/** The code of the error for a file that was moved or deleted. */
export const RECENT_MISSING = 'recent/missing';

export interface RecentFiles {
  /** Newest first, each looked for on the disk. */
  list(): Promise<readonly RecentFile[]>;
  /** Puts a file at the head of the list. */
  add(path: string): void;
  /** The path behind an id, if its file is still there. */
  find(id: string): Promise<Result<string>>;
  /** Takes one file off the list, or all with null. */
  forget(id: string | null): void;
  settled(): Promise<void>;
}

export interface RecentOptions {
  /** Where the list is kept. */
  readonly file: string;
  /** The user's own folder, shown as ~. */
  readonly home: string;
  readonly newId: () => string;
  /** The list that the system keeps of the program: in the dock, the taskbar, the Start menu. */
  readonly system: { add(path: string): void; clear(): void };
  onChange(): void;
}

interface Entry {
  readonly id: string;
  readonly path: string;
}

/** The files opened or saved before. Pages know them by an id and never learn a path they could use. */
export function createRecentFiles({ file, home, newId, system, onChange }: RecentOptions): RecentFiles {
  const kept = jsonFile(file, z.object({ paths: z.array(z.string().max(4096)).max(1000) }), { paths: [] });
  let entries: readonly Entry[] = kept
    .read()
    .paths.filter(isAbsolute)
    .slice(0, MOST)
    .map((path) => ({ id: newId(), path }));

  function change(next: readonly Entry[]): void {
    entries = next;
    kept.write({ paths: entries.map(({ path }) => path) });
    onChange();
  }

  return {
    async list() {
      const files: RecentFile[] = [];
      // One after the other: a network drive that does not answer holds up one of the few threads that read files, not all.
      for (const { id, path } of entries) {
        files.push({ id, name: basename(path), folder: shownFolder(path, home), missing: !(await exists(path)) });
      }
      return files;
    },
    add(path) {
      const known = entries.find((entry) => entry.path === path);
      const others = entries.filter((entry) => entry !== known);
      system.add(path);
      change([known ?? { id: newId(), path }, ...others].slice(0, MOST));
    },
    async find(id) {
      const path = entries.find((entry) => entry.id === id)?.path;
      if (path === undefined)
        return refuse('recent/unknown', 'This file is not in the list any more; open it from its folder.');
      if (await exists(path)) return { ok: true, value: path };
      // The others see that it is gone, too.
      onChange();
      const where = `“${basename(path)}” is not in ${shownFolder(path, home)} any more`;
      return refuse(RECENT_MISSING, `${where}; open it from where it is now, or remove it from the list.`);
    },
    forget(id) {
      if (id === null) system.clear();
      change(id === null ? [] : entries.filter((entry) => entry.id !== id));
    },
    settled: kept.settled,
  };
}

/** The folder of a file as a person would say it. */
export function shownFolder(path: string, home: string): string {
  const folder = dirname(path);
  if (folder === home) return '~';
  return folder.startsWith(home + sep) ? `~${folder.slice(home.length)}` : folder;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const refuse = (code: string, message: string): Result<never> => ({ ok: false, error: { code, message } });
