import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ClientMessage, CoreMessage, EventData, EventName, Method, Params, Reply } from '../../core/protocol';

const ASK_EVERY_MS = 10;
const CORE = 'out/main/core.js';

/** The built core with one client, spoken to over the channel its host uses. */
export interface CoreClient {
  readonly pid: number;
  /** Lets the core read a file. */
  grant(id: string, name: string, path: string): void;
  /** Rejected with the core's own sentence. */
  ask<M extends Method>(method: M, params: Params<M>): Promise<Reply<M>>;
  /** The next event of that name. */
  next<E extends EventName>(event: E): Promise<EventData<E>>;
  /** What the work gives, and the longest wait for a sign of life while it went on, ms: questions are asked every 10 ms. */
  watched<T>(work: () => Promise<T>): Promise<{ value: T; pause: number }>;
  close(): Promise<void>;
}

/** Starts the core of the last build and connects to it. */
export async function startCore(): Promise<CoreClient> {
  const core = fork(CORE, { serialization: 'advanced', execArgv: process.env.CORE_ARGS?.split(' ') ?? [] });
  /** When the questions that have no answer yet were asked, ms. */
  const asked: number[] = [];
  const replies = new Map<number, (result: unknown) => void>();
  const awaited: { readonly event: EventName; readonly come: (data: never) => void }[] = [];
  let longest = 0;
  let requests = 0;
  const ready = new Promise<void>((resolve) =>
    core.on('message', (message: CoreMessage) => {
      if (message.type === 'ready') resolve();
      else if (message.type === 'alive') longest = Math.max(longest, performance.now() - (asked.shift() ?? 0));
      else if (message.type === 'client-message') hear(message.message);
    }),
  );
  function hear(message: ClientMessage): void {
    if (message.type === 'reply') replies.get(message.id)?.(message.result);
    else if (message.type === 'event')
      for (const one of awaited.splice(0))
        if (one.event === message.event) one.come(message.data as never);
        else awaited.push(one);
  }
  await ready;
  core.send({ type: 'client-open', client: 1 });
  return {
    pid: core.pid ?? 0,
    grant: (id, name, path) => void core.send({ type: 'grant', id, name, path }),
    ask<M extends Method>(method: M, params: Params<M>) {
      const id = (requests += 1);
      core.send({ type: 'client-message', client: 1, message: { type: 'request', id, method, params } });
      return new Promise<Reply<M>>((resolve, reject) => {
        replies.set(id, (result) => {
          replies.delete(id);
          const { ok, value, error } = result as { ok: boolean; value: Reply<M>; error?: { message: string } };
          if (ok) resolve(value);
          else reject(new Error(error?.message));
        });
      });
    },
    next: (event) => new Promise((come) => awaited.push({ event, come })),
    async watched(work) {
      longest = 0;
      const asking = setInterval(() => {
        asked.push(performance.now());
        core.send({ type: 'ping' });
      }, ASK_EVERY_MS);
      try {
        const value = await work();
        // Whoever waits at the end counts too.
        await new Promise((resolve) => setTimeout(resolve, 100));
        return { value, pause: Math.max(longest, asked.length ? performance.now() - asked[0] : 0) };
      } finally {
        clearInterval(asking);
      }
    },
    async close() {
      core.send({ type: 'shutdown' });
      await once(core, 'exit');
    },
  };
}
