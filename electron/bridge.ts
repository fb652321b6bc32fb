import type { RecentFile, SavedProject, SaveFile, WindowState } from '../core/bridge';
import type { Grant, HostStatus } from '../core/protocol';
import type { Result } from '../core/result';

/** What the preload puts at `window.moeLab`: these functions and nothing more of Electron. */
export interface DesktopBridge {
  /** Asks for a port to the core. It arrives as a window message of this type, now and again after every restart of the core. */
  connect(): void;
  onStatus(listener: (status: HostStatus) => void): void;
  onOpen(listener: (file: Grant) => void): void;
  onCommand(listener: (id: string) => void): void;
  onRecent(listener: (files: readonly RecentFile[]) => void): void;
  openFile(): Promise<Result<Grant | null>>;
  /** The file must be one the user dropped or chose: a file that a script made up has no path. */
  grantFile(file: File): Promise<Result<Grant>>;
  saveFiles(files: readonly SaveFile[]): Promise<Result<boolean>>;
  saveProject(file: SaveFile, place: string | null): Promise<Result<SavedProject | null>>;
  openRecent(id: string): Promise<Result<Grant>>;
  forgetRecent(id: string | null): void;
  showState(state: WindowState): void;
  newWindow(): void;
  revive(): void;
  diagnostics(): Promise<Result<string>>;
}

/** The window message that carries the port to the core: ports cannot cross the context bridge. */
export const PORT_MESSAGE = 'moe-lab/port';

/** The names of the messages between main and preload. */
export const channels = {
  connect: 'core/connect',
  port: 'core/port',
  status: 'core/status',
  open: 'file/open',
  chooseFile: 'file/choose',
  grantPath: 'file/grant-path',
  saveFiles: 'file/save',
  saveProject: 'file/save-project',
  recent: 'recent/list',
  openRecent: 'recent/open',
  forgetRecent: 'recent/forget',
  command: 'menu/command',
  showState: 'window/state',
  newWindow: 'window/new',
  revive: 'core/revive',
  diagnostics: 'host/diagnostics',
} as const;
