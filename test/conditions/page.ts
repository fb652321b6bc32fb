import { ask, connect, type Client } from '../electron/browser/ask';
import { encode } from '../../core/codec';
import type { Grant, Reply } from '../../core/protocol';
import type { Result } from '../../core/result';
import { until } from './processes';

const SECONDS = 15;

/** What stands behind the address that was printed. */
export interface Reached {
  readonly version: string;
  readonly samples: number;
  /** The file that the program was started with, and its rows as the core read them. */
  readonly file: { readonly name: string; readonly rows: number } | null;
}

/** Opens the address as a browser does: the page and its script are served, the core behind it answers. Rejects with what is wrong. */
export async function reach(address: string): Promise<Reached> {
  const { host, origin, port, search } = new URL(address);
  const entered = await ask(Number(port), `/${search}`, { headers: { host } });
  const cookie = entered.headers['set-cookie']?.[0].split(';')[0] ?? '';
  if (entered.status !== 303) throw new Error(`the address answers ${entered.status}`);
  const headers = { host, origin, cookie };
  const page = await ask(Number(port), '/', { headers });
  const script = /<script[^>]+src="\.?([^"]+)"/.exec(page.body)?.[1];
  if (page.status !== 200 || !script) throw new Error(`the page answers ${page.status}`);
  const code = await ask(Number(port), script, { headers });
  if (code.status !== 200) throw new Error(`the page's script answers ${code.status}`);
  const client = await connect(Number(port), '/channel', headers);
  try {
    return await greet(client);
  } finally {
    client.socket.terminate();
  }
}

interface Heard {
  readonly type: string;
  readonly id?: number;
  readonly status?: { state: string };
  readonly result?: Result<unknown>;
  readonly file?: Grant;
}

async function greet({ socket, heard }: Client): Promise<Reached> {
  const find = (fits: (message: Heard) => boolean) => (heard as Heard[]).find(fits);
  if (!(await until(() => find(({ status }) => status?.state === 'ready'), SECONDS))) {
    throw new Error('the core is not ready');
  }
  async function request<T>(id: number, method: string, params: unknown): Promise<T> {
    socket.send(encode({ type: 'request', id, method, params }));
    const reply = await until(() => find((message) => message.type === 'reply' && message.id === id), SECONDS);
    if (!reply?.result?.ok) throw new Error(`the core does not answer ${method}`);
    return reply.result.value as T;
  }
  const hello = await request<Reply<'engine/hello'>>(1, 'engine/hello', {});
  const granted = find(({ type }) => type === 'open')?.file;
  const table =
    granted &&
    (await request<Reply<'data/open'>>(2, 'data/open', {
      source: { kind: 'grant', id: granted.id },
      dialect: {},
    }));
  return {
    version: hello.version,
    samples: hello.samples.length,
    file: granted && table ? { name: granted.name, rows: table.rows } : null,
  };
}
