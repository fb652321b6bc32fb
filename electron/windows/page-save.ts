import type { WindowState } from '../../core/bridge';

/** A large table takes its time to be packed before the save is asked for, and the user takes theirs to choose a place. */
const BEGIN_MS = 120_000;
/** From the file being written to the page saying so. */
const SAY_MS = 5000;

export interface PageSave {
  /** Settles once it is known whether the page has saved its work: true when it says that a file holds all. */
  readonly done: Promise<boolean>;
  /** The page asks for its project to be written: from here on the user or the disk decides how long it takes. */
  begun(): void;
  /** How that ended: false when the user thought better of it, or the disk did. */
  answered(written: boolean): void;
  /** What the page says of itself. */
  told(state: WindowState): void;
  /** The page or its window is gone. */
  gone(): void;
}

/** Follows one save that main has asked a page for; `ask` sends the request. */
export function followSave(ask: () => void): PageSave {
  let settle: (saved: boolean) => void;
  const done = new Promise<boolean>((resolve) => (settle = resolve));
  let timer = setTimeout(() => settle(false), BEGIN_MS);
  const finish = (saved: boolean) => {
    clearTimeout(timer);
    settle(saved);
  };
  ask();
  return {
    done,
    begun: () => clearTimeout(timer),
    answered(written) {
      if (!written) return finish(false);
      clearTimeout(timer);
      timer = setTimeout(() => finish(false), SAY_MS);
    },
    told: ({ edited }) => !edited && finish(true),
    gone: () => finish(false),
  };
}
