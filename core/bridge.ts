import type { Channel } from './channel';
import type { ClientMessage, Grant, RequestMessage } from './protocol';

/** A file to be saved by the host: its suggested name and its content. */
export interface SaveFile {
  readonly name: string;
  readonly mime: string;
  readonly content: string | Uint8Array;
}

/** What the native menu asks of the page. Opening a file is not among them: the host asks for it and sends an `open` message. */
export type MenuCommand = 'export' | 'run' | 'find' | 'theme-system' | 'theme-light' | 'theme-dark';

/** What the page may ask of the program it runs in; everything else goes to the core over the channel. */
export interface HostBridge {
  readonly host: 'electron' | 'browser';
  /** Opens the channel to the core. Survives restarts of the core: the host says so by `host` messages. */
  connect(): Promise<Channel<ClientMessage, RequestMessage>>;
  /** Lets the user choose a file; null when they think better of it. Rejects with a sentence, as the two below do. */
  openFile(onProgress?: (fraction: number) => void): Promise<Grant | null>;
  /** A file dropped on the window. */
  grantFile(file: File, onProgress: (fraction: number) => void): Promise<Grant>;
  /** Asks where to put the files and writes them; never overwrites silently. False when the user thinks better of it. */
  saveFiles(files: readonly SaveFile[]): Promise<boolean>;
  /** Calls the listener for every command of the native menu; never in the browser host, which has none. */
  onCommand(listener: (command: MenuCommand) => void): void;
}
