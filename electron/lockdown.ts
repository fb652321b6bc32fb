import { app, shell, type Session } from 'electron';
import { mayOpenOutside } from './page-address';

/** Every page the program could ever show: it stays where it is, opens nothing and embeds nothing. Electron's security list, 12 to 15. */
export function lockDownPages(): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
}

/** Copying text to the clipboard is what the copy buttons do; nothing else is asked for, so nothing else is granted. */
const GRANTED = 'clipboard-sanitized-write';

export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_, permission, answer) => answer(permission === GRANTED));
  session.setPermissionCheckHandler((_, permission) => permission === GRANTED);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_, answer) => answer(null));
  // The program is complete: it loads nothing from a network, and a mistake of ours must not change that.
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*'] },
    (_, answer) => answer({ cancel: true }),
  );
}
