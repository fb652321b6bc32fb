import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import { channels } from './bridge';

export interface MenuActions {
  /** Asks for a table and opens it in this window. */
  openTable(window: BrowserWindow): void;
}

/** The native menu. What it asks of the page travels as a typed command. */
export function createMenu({ openTable }: MenuActions): Menu {
  const inWindow = (action: (window: BrowserWindow) => void): MenuItemConstructorOptions['click'] => {
    return (_, window) => window && action(window as BrowserWindow);
  };
  const command = (label: string, name: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    // The page has the same shortcuts; with both, one key press would act twice. (macOS gives the menu alone the key.)
    registerAccelerator: false,
    click: inWindow((window) => window.webContents.send(channels.command, name)),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = process.platform === 'darwin';

  return Menu.buildFromTemplate([
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        {
          label: '&Open table…',
          accelerator: 'CmdOrCtrl+O',
          registerAccelerator: false,
          click: inWindow(openTable),
        },
        command('&Export…', 'export', 'CmdOrCtrl+E'),
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Run',
      submenu: [command('&Run', 'run', 'CmdOrCtrl+Enter'), command('&Find an action…', 'find', 'CmdOrCtrl+K')],
    },
    {
      label: '&View',
      submenu: [
        command('Theme of the &system', 'theme-system'),
        command('&Light theme', 'theme-light'),
        command('&Dark theme', 'theme-dark'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [separator, { role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
  ]);
}
