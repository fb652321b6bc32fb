import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** One conversation with Chromium: the browser's own, or one page's. */
export interface Session {
  readonly id: string | undefined;
  readonly send: CDPSession['send'];
  readonly on: CDPSession['on'];
}

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
}

export interface Connection {
  readonly browser: Session;
  /** The conversation that `Target.attachedToTarget` announced under this id. */
  session(id: string): Session;
  onClose(listener: () => void): void;
}

/** Chromium's debugging protocol over its pipe: JSON, each message ended by a NUL. */
export function connect(toChromium: Writable, fromChromium: Readable): Connection {
  const sessions = new Map<string | undefined, { session: Session; events: EventEmitter }>();
  const pending = new Map<number, (message: Message) => void>();
  let next = 1;
  let received = '';
  let open = true;

  function send(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    const { stack } = new Error(method);
    return new Promise((resolve, reject) => {
      if (!open) return reject(new Error(`${method}: Chromium has ended`));
      const id = next++;
      pending.set(id, ({ result, error }) => {
        if (error) reject(Object.assign(new Error(`${method}: ${error.message}`), { stack }));
        else resolve(result);
      });
      toChromium.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  function entry(id: string | undefined) {
    const known = sessions.get(id);
    if (known) return known;
    const events = new EventEmitter({ captureRejections: false });
    const session = {
      id,
      send: (method: string, params: unknown) => send(method, params, id),
      on: (event: string, listener: (params: unknown) => void) => events.on(event, listener),
    } as unknown as Session;
    const made = { session, events };
    sessions.set(id, made);
    return made;
  }

  fromChromium.setEncoding('utf8').on('data', (text: string) => {
    received += text;
    const messages = received.split('\0');
    received = messages.pop() ?? '';
    for (const json of messages) {
      const message = JSON.parse(json) as Message;
      if (message.id === undefined)
        sessions.get(message.sessionId)?.events.emit(String(message.method), message.params);
      else {
        pending.get(message.id)?.(message);
        pending.delete(message.id);
      }
    }
  });
  const closed = new EventEmitter();
  fromChromium.once('close', () => {
    open = false;
    pending.forEach((answer) => answer({ error: { message: 'Chromium has ended' } }));
    pending.clear();
    closed.emit('close');
  });
  // A write to a browser that has just ended: its end is told by `close`.
  toChromium.on('error', () => undefined);

  return {
    browser: entry(undefined).session,
    session: (id) => entry(id).session,
    onClose: (listener) => void closed.once('close', listener),
  };
}
