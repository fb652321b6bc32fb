import { EventEmitter } from 'node:events';

/** Where what arrives at one end of a channel goes: a listener here, a page or another process. */
export interface Outlet {
  deliver(data: unknown): void;
  closed(): void;
}

/** One end of a channel, wherever its outlet is. Holds what arrives until there is one. */
export interface PortEnd {
  post(data: unknown): void;
  attach(outlet: Outlet): void;
  close(): void;
}

/** Two ends; what is posted at one arrives at the other. */
export function portPair(): [PortEnd, PortEnd] {
  const sides = [side(), side()] as const;
  const end = (own: Side, other: Side): PortEnd => ({
    post: (data) => other.receive(data),
    attach: own.attach,
    close: () => {
      own.end();
      other.end();
    },
  });
  return [end(sides[0], sides[1]), end(sides[1], sides[0])];
}

type Side = ReturnType<typeof side>;

function side() {
  let outlet: Outlet | null = null;
  let held: unknown[] = [];
  let ended = false;
  return {
    receive(data: unknown) {
      if (ended) return;
      if (outlet) outlet.deliver(data);
      else held.push(data);
    },
    attach(next: Outlet) {
      outlet = next;
      held.forEach((data) => next.deliver(data));
      held = [];
      if (ended) next.closed();
    },
    end() {
      if (ended) return;
      ended = true;
      outlet?.closed();
    },
  };
}

/** As in Electron: silent until started; once handed over it is of no use here. */
export class MessagePortMain extends EventEmitter {
  constructor(private end: PortEnd | null) {
    super();
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (transfer.length) throw new Error('the stand-in carries no ports inside the messages of ports');
    this.own().post(structuredClone(message));
  }

  start(): void {
    this.own().attach({
      deliver: (data) => this.emit('message', { data, ports: [] }),
      closed: () => this.emit('close'),
    });
  }

  close(): void {
    this.end?.close();
  }

  /** For a transfer: the port gives its end away. */
  handOver(): PortEnd {
    const end = this.own();
    this.end = null;
    return end;
  }

  private own(): PortEnd {
    if (!this.end) throw new Error('Port is already neutered: it was transferred before.');
    return this.end;
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const [first, second] = portPair();
    this.port1 = new MessagePortMain(first);
    this.port2 = new MessagePortMain(second);
  }
}

/** Ends that live elsewhere, by the number they are spoken of under. */
export function portTable(say: (port: number, data: unknown) => void, sayClosed: (port: number) => void) {
  const ends = new Map<number, PortEnd>();
  let next = 1;
  return {
    /** The number under which the other side knows this end from now on. */
    add(end: PortEnd): number {
      const port = next++;
      ends.set(port, end);
      return port;
    },
    /** To be called when the other side has been told the number: only now may messages follow. */
    open(port: number): void {
      ends.get(port)?.attach({
        deliver: (data) => say(port, data),
        closed: () => {
          if (ends.delete(port)) sayClosed(port);
        },
      });
    },
    post: (port: number, data: unknown): void => ends.get(port)?.post(data),
    close(port: number): void {
      const end = ends.get(port);
      ends.delete(port);
      end?.close();
    },
    closeAll(): void {
      const all = [...ends.values()];
      ends.clear();
      all.forEach((end) => end.close());
    },
  };
}
