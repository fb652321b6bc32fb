import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme } from 'electron';
import { PAGE_URL } from '../page/page-address';
import { SMALLEST, type WindowPlace } from './window-place';

const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The page's own backgrounds, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f1f0ed', dark: '#141517' };

export const background = (): string => (nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light);

export function createWindow({ x, y, width, height, maximized, fullScreen }: WindowPlace): BrowserWindow {
  const window = new BrowserWindow({
    x,
    y,
    width,
    height,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'MoE Lab',
    // Elsewhere the icon comes with the program's own package.
    ...(process.platform === 'linux' ? { icon: built('../../resources/icon.png') } : {}),
    backgroundColor: background(),
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
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    if (fullScreen) window.setFullScreen(true);
    window.show();
  });
  void window.loadURL(PAGE_URL);
  return window;
}
