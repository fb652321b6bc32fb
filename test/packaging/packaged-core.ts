import { fork, type ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import type { ClientMessage, CoreMessage, EventData, EventName, Method, Params, Reply } from '../../core/protocol';
import type { Result } from '../../core/result';

/** A core in a process of its own with one client, as the browser host has it. */
export interface PackagedCore {
  ask<M extends Method>(method: M, params: Params<M>): Promise<Reply<M>>;
  event<E extends EventName>(name: E): Promise<EventData<E>>;
  stop(): Promise<number | null>;
}

const CLIENT = 1;

/** Resolves when the core says that it is ready, and rejects with its last words when it ends before. */
export async function startCore(path: string): Promise<PackagedCore> {
  // Nothing of this process's environment helps it to find a package.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const child = fork(path, [], { cwd: dirname(path), env, execArgv: [], serialization: 'advanced', silent: true });
  const messages = listen(child);
  let words = '';
  child.stderr?.on('data', (data: Buffer) => (words += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await Promise.race([
    messages.next((message) => message.type === 'ready'),
    ended.then((code) => Promise.reject(new Error(`The core ended with ${code}: ${words}`))),
  ]);
  child.send({ type: 'client-open', client: CLIENT });
  let id = 0;

  function said<T>(match: (message: ClientMessage) => T | undefined): Promise<T> {
    return messages.next((message) => (message.type === 'client-message' ? match(message.message) : undefined));
  }

  return {
    async ask<M extends Method>(method: M, params: Params<M>) {
      const own = (id += 1);
      const reply = said((message) => (message.type === 'reply' && message.id === own ? message.result : undefined));
      child.send({ type: 'client-message', client: CLIENT, message: { type: 'request', id: own, method, params } });
      const result = (await reply) as Result<Reply<M>>;
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    },
    event: <E extends EventName>(name: E) =>
      said((message) =>
        message.type === 'event' && message.event === name ? (message.data as EventData<E>) : undefined,
      ),
    stop() {
      child.send({ type: 'shutdown' });
      return ended;
    },
  };
}

/** Waits for messages: the first of which `match` makes something. */
function listen(child: ChildProcess) {
  const waiting = new Set<(message: CoreMessage) => void>();
  child.on('message', (message) => waiting.forEach((look) => look(message as CoreMessage)));
  return {
    next: <T>(match: (message: CoreMessage) => T | undefined | false) =>
      new Promise<T>((resolve) => {
        const look = (message: CoreMessage) => {
          const found = match(message);
          if (found === undefined || found === false) return;
          waiting.delete(look);
          resolve(found as T);
        };
        waiting.add(look);
      }),
  };
}
