/** A way to talk to the other side. Everything above it is the same in every host. */
export interface Channel<In, Out> {
  post(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Two connected ends in one process. Messages are really cloned, so a test sees what a process border would do to them. */
export function inMemoryChannel<A, B>(): [Channel<A, B>, Channel<B, A>] {
  const closed: (() => void)[] = [];
  const end = <In, Out>(own: Inbox<In>, other: Inbox<Out>): Channel<In, Out> => ({
    post: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => other.deliver(copy));
    },
    onMessage: (listener) => own.listen(listener),
    onClose: (listener) => void closed.push(listener),
    close: () => closed.forEach((listener) => listener()),
  });
  const a = inbox<A>();
  const b = inbox<B>();
  return [end<A, B>(a, b), end<B, A>(b, a)];
}

export interface Inbox<T> {
  deliver(message: T): void;
  listen(listener: (message: T) => void): void;
}

/** Holds messages until somebody listens, as a MessagePort does until it is started. */
export function inbox<T>(): Inbox<T> {
  const held: T[] = [];
  const listeners: ((message: T) => void)[] = [];
  return {
    deliver: (message) =>
      listeners.length ? listeners.forEach((listener) => listener(message)) : void held.push(message),
    listen: (listener) => {
      listeners.push(listener);
      held.splice(0).forEach((message) => listener(message));
    },
  };
}
