/** What a sandboxed preload may require of Electron, and nothing else. */
import { decode, encode } from '../../../core/codec';
import { strict } from '../strict';
import { fromBase64, toBase64 } from './base64';
import { HEAR, SAY, type FromPage, type ToPage } from './messages';
import type { World } from './worlds';

type Listener = (event: unknown, ...args: unknown[]) => void;

interface Globals {
  [SAY](payload: string): void;
  [HEAR](payload: string): void;
}

/** @param world  null where the preload shares the page's world */
export function createRendererModule(world: World | null) {
  const globals = globalThis as unknown as Globals;
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const invoked = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const ports = new Map<number, MessagePort>();
  const counter = { next: 1 };
  // Taken at once: a page that shares this world could replace it.
  const bound = globals[SAY];
  const say = (message: FromPage) => bound(toBase64(encode(message)));

  function openPort(port: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    ports.set(port, port1);
    port1.onmessage = ({ data }) => say({ kind: 'port', port, data });
    port1.addEventListener('close', () => ports.delete(port) && say({ kind: 'port-closed', port }));
    return port2;
  }

  globals[HEAR] = (payload) => {
    const decoded = decode(fromBase64(payload));
    if (!decoded.ok) throw new Error(decoded.error.message);
    const message = decoded.value as ToPage;
    if (message.kind === 'answer') {
      const promise = invoked.get(message.id);
      invoked.delete(message.id);
      if (message.ok) promise?.resolve(message.value);
      else promise?.reject(new Error(String(message.value)));
    } else if (message.kind === 'port') ports.get(message.port)?.postMessage(message.data);
    else if (message.kind === 'port-closed') {
      const port = ports.get(message.port);
      ports.delete(message.port);
      port?.close();
    } else hear(message.channel, message.args, message.ports.map(openPort));
  };

  function hear(channel: string, args: readonly unknown[], carried: MessagePort[]): void {
    const event = { sender: ipcRenderer, ports: carried };
    const present = listeners.get(channel) ?? [];
    listeners.set(
      channel,
      present.filter(({ once }) => !once),
    );
    present.forEach(({ listener }) => listener(event, ...args));
  }

  function add(channel: string, listener: Listener, once: boolean) {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  }

  function remove(channel: string, listener: Listener) {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener),
    );
    return ipcRenderer;
  }

  const ipcRenderer: object = strict('ipcRenderer', {
    send: (channel: string, ...args: unknown[]) => say({ kind: 'send', channel, args }),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = counter.next++;
        invoked.set(id, { resolve, reject });
        say({ kind: 'invoke', id, channel, args });
      }),
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => void listeners.delete(channel),
  });

  const contextBridge = strict('contextBridge', {
    exposeInMainWorld(key: string, api: unknown) {
      if (!world) throw new Error('contextBridge API can only be used when contextIsolation is enabled');
      world.expose(key, api);
    },
  });

  const webUtils = strict('webUtils', { getPathForFile: standInPathOf });

  return { say, electron: strict('renderer', { contextBridge, ipcRenderer, webUtils }) };
}

/** Stops; the stand-in hears of the stop, finds the path and puts it into the box: a preload must have it at once. */
function standInPathOf(file: File): string {
  if (!(file instanceof File)) throw new TypeError('getPathForFile expects a File');
  const box = { path: '' };
  // eslint-disable-next-line no-debugger -- the stop is what the stand-in hears of
  debugger;
  return box.path;
}
