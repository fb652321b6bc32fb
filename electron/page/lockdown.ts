import { app, shell, type Session } from 'electron';
import { isOurPage, outsideAddress } from './page-address';

/** Every page the program could ever show: it stays where it is, opens nothing and embeds nothing. Electron's security list, 12 to 15. */
export function lockDownPages(): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url);
      return { action: 'deny' };
    });
  });
}

function openOutside(url: string): void {
  const address = outsideAddress(url);
  // A computer without a browser is no reason to end.
  if (address !== null) shell.openExternal(address).catch((error: unknown) => console.error(error));
}

/** Copying text to the clipboard is what the copy buttons do; nothing else is asked for, so nothing else is granted. */
const mayHave = (permission: string, asker: string): boolean =>
  permission === 'clipboard-sanitized-write' && isOurPage(asker);

export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_, permission, answer, details) =>
    answer(mayHave(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_, permission, origin) => mayHave(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_, answer) => answer(null));
  // Files are saved where the user says, by the bridge: a page that downloads by itself is not ours.
  session.on('will-download', (event) => event.preventDefault());
  // The program is complete: it loads nothing from a network, and a mistake of ours must not change that.
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*'] },
    (_, answer) => answer({ cancel: true }),
  );
}
