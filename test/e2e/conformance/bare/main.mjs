/** The least program: a scheme, a window, and none of the application's locks. BARE holds the window's webPreferences. */
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, protocol } from 'electron';

const PAGE = `<!doctype html><title>bare</title><a id="link">link</a><a id="blank" target="_blank">blank</a>
  <input id="file" type="file"><script src="page.js"></script>`;
const SCRIPT =
  'window.pageSees = { bridge: typeof bare, said: typeof said, require: typeof require, process: typeof process };';

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.whenReady().then(() => {
  protocol.handle('app', ({ url }) => {
    const isScript = url.endsWith('.js');
    return new Response(isScript ? SCRIPT : PAGE, {
      headers: { 'content-type': isScript ? 'text/javascript' : 'text/html' },
    });
  });
  const preferences = JSON.parse(process.env.BARE ?? '{}');
  const window = new BrowserWindow({
    webPreferences: { preload: fileURLToPath(new URL('preload.cjs', import.meta.url)), ...preferences },
  });
  window.webContents.on('preload-error', (_, path, error) => (globalThis.preloadError = error.message));
  void window.loadURL('app://bundle/');
});
