import type { HostBridge } from '../../core/bridge';
import { inbox, type Channel } from '../../core/channel';
import type { ClientMessage, RequestMessage } from '../../core/protocol';
import type { Result } from '../../core/result';
import type { DesktopBridge, PORT_MESSAGE } from '../../electron/bridge';

// The page takes types alone from electron; the type keeps this equal to the original.
const portMessage: typeof PORT_MESSAGE = 'moe-lab/port';

/** The page in Electron: the core at the other end of a MessagePort, files by the system's dialogs. */
export function electronHost(desktop: DesktopBridge): HostBridge {
  return {
    host: 'electron',
    connect: () => Promise.resolve(connect(desktop)),
    openFile: () => desktop.openFile().then(valueOf),
    async grantFile(file, onProgress) {
      const grant = valueOf(await desktop.grantFile(file));
      onProgress(1);
      return grant;
    },
    saveFiles: (files) => desktop.saveFiles(files).then(valueOf),
    saveProject: (file, place) => desktop.saveProject(file, place).then(valueOf),
    onRecent: (listener) => desktop.onRecent(listener),
    openRecent: (id) => desktop.openRecent(id).then(valueOf),
    forgetRecent: (id) => desktop.forgetRecent(id),
    onCommand: (listener) => desktop.onCommand(listener),
    showState: (state) => desktop.showState(state),
    newWindow: () => desktop.newWindow(),
    revive: () => desktop.revive(),
    diagnostics: () => desktop.diagnostics().then(valueOf),
  };
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.message);
}

/** One channel over all the ports there will be: requests wait while there is no core to send them to. */
function connect(desktop: DesktopBridge): Channel<ClientMessage, RequestMessage> {
  const received = inbox<ClientMessage>();
  const closed = inbox<void>();
  let port: MessagePort | null = null;
  let waiting: RequestMessage[] = [];

  function use(next: MessagePort): void {
    port?.close();
    port = next;
    port.onmessage = ({ data }) => received.deliver(data as ClientMessage);
    waiting.forEach((message) => next.postMessage(message));
    waiting = [];
  }

  function onPort({ source, data, ports }: MessageEvent): void {
    // From our own preload; a frame or another window has another source.
    if (source === window && data === portMessage && ports.length === 1) use(ports[0]);
  }

  window.addEventListener('message', onPort);
  desktop.onStatus((status) => {
    if (status.state === 'restarting' || status.state === 'gone') port = null;
    if (status.state === 'gone') waiting = [];
    received.deliver({ type: 'host', status });
  });
  desktop.onOpen((file) => received.deliver({ type: 'open', file }));
  desktop.connect();

  return {
    post: (message) => void (port ? port.postMessage(message) : waiting.push(message)),
    onMessage: received.listen,
    onClose: closed.listen,
    close() {
      window.removeEventListener('message', onPort);
      port?.close();
      port = null;
      closed.deliver();
    },
  };
}
