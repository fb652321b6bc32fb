import type { Channel } from './channel';
import type { ClientMessage, Grant, RequestMessage } from './protocol';

/** A file to be saved by the host: its suggested name and its content. */
export interface SaveFile {
  readonly name: string;
  readonly mime: string;
  readonly content: string | Uint8Array;
}

export type ThemeChoice = 'system' | 'light' | 'dark';

/** One act of the page as the native menu shows it. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** What the act is about; it decides the menu the item stands in. */
  readonly group: string;
  /** "Ctrl+Shift+Z"; null where the act has no keys. */
  readonly keys: string | null;
  readonly enabled: boolean;
  /** Null for an act that is not a choice. */
  readonly checked: boolean | null;
}

/** What a window and its menu show of their page. The page tells it whenever it changes. */
export interface WindowState {
  /** Of the project, else of the table, as the title shows it; null while nothing is open. Questions about closing name it. */
  readonly name: string | null;
  /** There is work that no file holds: closing asks first. */
  readonly edited: boolean;
  /** Fits and experiments that run or wait: closing asks first. */
  readonly running: number;
  readonly theme: ThemeChoice;
  readonly menu: readonly MenuItem[];
}

/** A file that was opened before. The page knows its name and its folder's, for display, never a path it could use. */
export interface RecentFile {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly missing: boolean;
}

/** Where a project was saved; the next save goes there without a question. */
export interface SavedProject {
  readonly place: string;
  readonly name: string;
}

/** What the page may ask of the program it runs in; everything else goes to the core over the channel. */
export interface HostBridge {
  readonly host: 'electron' | 'browser';
  /** Opens the channel to the core. Survives restarts of the core: the host says so by `host` messages. */
  connect(): Promise<Channel<ClientMessage, RequestMessage>>;
  /** Lets the user choose a file; null when they think better of it. Rejects with a sentence, as all below do. */
  openFile(onProgress?: (fraction: number) => void): Promise<Grant | null>;
  /** A file dropped on the window. */
  grantFile(file: File, onProgress: (fraction: number) => void): Promise<Grant>;
  /** Asks where to put the files and writes them; never overwrites silently. False when the user thinks better of it. */
  saveFiles(files: readonly SaveFile[]): Promise<boolean>;
  /** Writes a project whole or not at all: to a place it was saved at or opened from (a grant's id), or where the user says. */
  saveProject(file: SaveFile, place: string | null): Promise<SavedProject | null>;
  /** Calls the listener with the files opened before, newest first: now and whenever they change. Empty in the browser host. */
  onRecent(listener: (files: readonly RecentFile[]) => void): void;
  openRecent(id: string): Promise<Grant>;
  /** Takes one file off the list, or all with null. */
  forgetRecent(id: string | null): void;
  /** Calls the listener with the id of the act that the native menu asks for; never in the browser host, which has none. */
  onCommand(listener: (id: string) => void): void;
  showState(state: WindowState): void;
  newWindow(): void;
  /** Has an engine that is gone tried again, with all attempts; what comes of it is told by `host` messages. */
  revive(): void;
  /** Versions, system and the end of the log, as text to be copied. Holds no value of any table. */
  diagnostics(): Promise<string>;
}
