import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme } from 'electron';
import { PAGE_URL } from './page-address';

const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The page's own backgrounds, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f1f0ed', dark: '#141517' };

export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'MoE Lab',
    // Elsewhere the icon comes with the program's own package.
    ...(process.platform === 'linux' ? { icon: built('../../resources/icon.png') } : {}),
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: built('../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(PAGE_URL);
  return window;
}
