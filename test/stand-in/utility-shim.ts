/** Loaded before the program of a utility process: gives it process.parentPort over Node's own channel, and takes that away. */
import { EventEmitter } from 'node:events';
import { isMainThread } from 'node:worker_threads';
import type { UtilityMessage } from './utility';

class Port extends EventEmitter {
  private held: unknown[] | null = [];

  constructor(private readonly link: { post(data: unknown): void; close(): void }) {
    super();
  }

  postMessage(message: unknown): void {
    this.link.post(message);
  }

  start(): void {
    const { held } = this;
    this.held = null;
    held?.forEach((event) => this.emit('message', event));
  }

  close(): void {
    this.link.close();
  }

  receive(event: { data: unknown; ports: Port[] }): void {
    if (this.held) this.held.push(event);
    else this.emit('message', event);
  }
}

/** Electron starts it with its first listener. */
class ParentPort extends Port {
  override on(event: string, listener: (...args: never[]) => void): this {
    super.on(event, listener as () => void);
    if (event === 'message') this.start();
    return this;
  }
}

function install(): void {
  const send = process.send?.bind(process);
  if (!send) throw new Error('The utility process was started without a channel.');
  const say = (message: UtilityMessage) => send(message, undefined, undefined, () => undefined);
  const ports = new Map<number, Port>();
  const open = (port: number) => {
    const made = new Port({
      post: (data) => say({ kind: 'port', port, data }),
      close: () => say({ kind: 'port-closed', port }),
    });
    ports.set(port, made);
    return made;
  };
  const parent = new ParentPort({
    post: (data) => say({ kind: 'message', data, ports: [] }),
    close: () => undefined,
  });
  process.on('message', (message: UtilityMessage) => {
    if (message.kind === 'message') parent.receive({ data: message.data, ports: message.ports.map(open) });
    else if (message.kind === 'port') ports.get(message.port)?.receive({ data: message.data, ports: [] });
    else {
      ports.get(message.port)?.emit('close');
      ports.delete(message.port);
    }
  });
  // Chromium ends its helpers with itself.
  process.once('disconnect', () => process.exit());
  Object.assign(process, { parentPort: parent, type: 'utility', send: undefined });
}

// The program's own threads load this, too.
if (isMainThread) install();
