import { app } from 'electron';
import type { RecentFile } from '../../core/bridge';
import { askForFile, offerToForget } from '../files/dialogs';
import { RECENT_MISSING, type RecentFiles } from '../files/recent-files';
import { menuTemplate, type MenuActs } from './application-menu';
import { createMenu } from './menu';
import { SILENT_PAGE } from './page-state';
import type { Windows } from './windows';

export interface NativeMenu {
  /** As the current window's page and the recent files are now. */
  show(): void;
  /** The recent files, here and in every window, once it is known which of them are still there. */
  showRecent(): Promise<void>;
}

/** The menu of the program: what it shows, and what its items do. */
export function nativeMenu(windows: Windows, recent: RecentFiles): NativeMenu {
  const menu = createMenu(process.platform);
  let recentNow: readonly RecentFile[] = [];
  let recentTurn = 0;

  async function openFile(): Promise<void> {
    const path = await askForFile(windows.current()?.browser ?? null);
    if (path !== null) windows.openFiles([path]);
  }

  async function openRecent(id: string): Promise<void> {
    const found = await recent.find(id);
    const window = windows.current() ?? windows.open();
    if (found.ok) window.give(found.value);
    else if (found.error.code === RECENT_MISSING && (await offerToForget(window.browser, found.error.message)))
      recent.forget(id);
  }

  const acts: MenuActs = {
    command(id) {
      windows.current()?.command(id);
      menu.clicked();
    },
    newWindow: () => void windows.open(),
    open: () => void openFile(),
    openRecent: (id) => void openRecent(id),
    clearRecent: () => recent.forget(null),
  };

  function show(): void {
    const page = windows.current()?.state() ?? SILENT_PAGE;
    const context = { page, recent: recentNow, platform: process.platform, packaged: app.isPackaged };
    menu.show(menuTemplate(context, acts));
  }

  return {
    show,
    async showRecent() {
      recentTurn += 1;
      const turn = recentTurn;
      const files = await recent.list();
      // A drive that answers late must not bring back an older list.
      if (turn !== recentTurn) return;
      recentNow = files;
      windows.all().forEach((window) => window.showRecent(recentNow));
      show();
    },
  };
}
