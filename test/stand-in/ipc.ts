import { EventEmitter } from 'node:events';
import { electronEvent } from './electron-event';
import type { WebContents } from './contents';
import type { Frame } from './frames';
import type { FromPage, ToPage } from './page/messages';
import { strict } from './strict';

type Handler = (event: object, ...args: unknown[]) => unknown;

/** Electron's ipcMain, and what a page's messages do to it. */
export function createIpcMain() {
  const handlers = new Map<string, Handler>();
  const ipcMain = Object.assign(new EventEmitter(), {
    // The real one has this map under the same name: tests reach handlers by it, as a message would.
    _invokeHandlers: handlers,
    handle(channel: string, handler: Handler): void {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      handlers.set(channel, handler);
    },
    handleOnce(channel: string, handler: Handler): void {
      ipcMain.handle(channel, (event, ...args) => {
        handlers.delete(channel);
        return handler(event, ...args);
      });
    },
    removeHandler: (channel: string) => void handlers.delete(channel),
  });

  async function invoke(channel: string, event: object, args: readonly unknown[]): Promise<unknown> {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(event, ...args));
  }

  return {
    ipcMain: strict('ipcMain', ipcMain),
    message(sender: WebContents, senderFrame: Frame, message: FromPage, answer: (message: ToPage) => void): void {
      const event = Object.assign(electronEvent(), {
        type: 'frame',
        sender,
        senderFrame,
        frameId: senderFrame.routingId,
        processId: senderFrame.processId,
        ports: [],
        reply: (channel: string, ...args: unknown[]) => answer({ kind: 'send', channel, args, ports: [] }),
      });
      if (message.kind === 'send') ipcMain.emit(message.channel, event, ...message.args);
      if (message.kind !== 'invoke') return;
      const { id, channel } = message;
      invoke(channel, event, message.args).then(
        (value) => answer({ kind: 'answer', id, ok: true, value }),
        (error: unknown) => {
          const value = `Error invoking remote method '${channel}': ${String(error)}`;
          console.error(`Error occurred in handler for '${channel}': ${String(error)}`);
          answer({ kind: 'answer', id, ok: false, value });
        },
      );
    },
  };
}
