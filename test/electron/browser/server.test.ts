import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect } from 'vitest';
import { encode } from '../../../core/codec';
import { test } from './running-host';

describe('the door', () => {
  test('the printed address leads to the page by way of a cookie, and the token leaves the address', async ({
    host,
  }) => {
    const first = await host.ask(`/?token=${host.gate.token}`, { host: `127.0.0.1:${host.port}` });
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const [cookie] = first.headers['set-cookie']?.[0].split(';') ?? [];
    const page = await host.ask('/', { host: `127.0.0.1:${host.port}`, cookie });
    expect(page).toMatchObject({ status: 200, body: '<title>MoE Lab</title>' });
  });

  test.for(['/', '/?token=wrong', '/?token=', '/index.html?token=wrong'])(
    '%s without the cookie is refused',
    async (path, { host }) => {
      const answer = await host.ask(path, { host: `127.0.0.1:${host.port}` });
      expect(answer.status).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  test('a name of somebody else that points here is refused, cookie and token or not', async ({ host }) => {
    const headers = { ...host.ours, host: `evil.test:${host.port}` };
    expect((await host.ask('/', headers)).status).toBe(421);
    expect((await host.ask(`/?token=${host.gate.token}`, headers)).status).toBe(421);
  });

  test('every answer, a refusal too, carries the policy', async ({ host }) => {
    for (const answer of [
      await host.ask('/', host.ours),
      await host.ask('/', { host: 'evil.test' }),
      await host.ask('/absent.js', host.ours),
    ]) {
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  test('the page may connect to this server and to no other', async ({ host }) => {
    const policy = (await host.ask('/', host.ours)).headers['content-security-policy'] as string;
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${host.port} ws://localhost:${host.port};`);
  });

  test.for(['/../secret.html', '/%2e%2e/secret.html', '/..%2fsecret.html', '/..%5csecret.html'])(
    '%s leads to no file outside the page',
    async (path, { host }) => {
      const answer = await host.ask(path);
      expect(answer.status).not.toBe(200);
      expect(answer.body).not.toBe('secret');
    },
  );

  test('nothing but reading is possible on the page', async ({ host }) => {
    expect((await host.ask('/', host.ours, 'DELETE')).status).toBe(405);
    expect((await host.ask('/', host.ours, 'POST')).status).toBe(405);
    expect(await host.ask('/', host.ours, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  test('an address that is none is refused', async ({ host }) => {
    expect((await host.ask('http://[', host.ours)).status).toBe(400);
  });
});

describe('the engine', () => {
  test('is started again for our page, by POST', async ({ host }) => {
    expect((await host.ask('/revive', host.ours, 'POST')).status).toBe(204);
    expect(host.state.revived).toBe(1);
    expect((await host.ask('/revive', host.ours)).status).toBe(405);
    expect(host.state.revived).toBe(1);
  });

  test('is started again for nobody else', async ({ host }) => {
    const silent = { host: host.ours.host, cookie: host.ours.cookie };
    for (const headers of [silent, { ...host.ours, origin: 'https://evil.example' }]) {
      expect((await host.ask('/revive', headers, 'POST')).status).toBe(403);
    }
    expect(host.state.revived).toBe(0);
  });
});

describe('diagnostics', () => {
  test('are read as text by our page, with the Origin that some browsers send and without', async ({ host }) => {
    const silent = { host: host.ours.host, cookie: host.ours.cookie };
    for (const headers of [host.ours, silent]) {
      const answer = await host.ask('/diagnostics', headers);
      expect(answer).toMatchObject({ status: 200, body: 'MoE Lab, browser host\n' });
      expect(answer.headers['content-type']).toContain('text/plain');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  test.for<[string, Record<string, string>]>([
    ['another site', { origin: 'http://evil.test' }],
    ['a page without the cookie', { cookie: '' }],
    ['a name of somebody else', { host: 'evil.test' }],
  ])('%s does not read them, and the log says that it was refused', async ([, change], { host }) => {
    const answer = await host.ask('/diagnostics', { ...host.ours, ...change });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('browser host');
    expect(host.logged).toEqual([`refused a request {"status":${answer.status}}`]);
  });

  test('are not written to', async ({ host }) => {
    expect((await host.ask('/diagnostics', host.ours, 'POST')).status).toBe(405);
  });
});

describe('upload', () => {
  test('a file of the page becomes a grant for the core', async ({ host }) => {
    const answer = await host.ask('/upload?name=a%20b.csv', host.ours, 'POST', 'x,y\n');
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { id: 'id-1', name: 'a.csv', bytes: 3 } });
    expect(host.granted[0].endsWith('a b.csv')).toBe(true);
    expect(readFileSync(host.granted[0], 'utf8')).toBe('x,y\n');
  });

  test.for<[string, Record<string, string>]>([
    ['another site', { origin: 'http://evil.test' }],
    ['no origin', { origin: '' }],
    ['no cookie', { cookie: '' }],
    ['another host', { host: 'evil.test' }],
  ])('%s cannot send a file', async ([, change], { host }) => {
    const answer = await host.ask('/upload?name=a.csv', { ...host.ours, ...change }, 'POST', 'x');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(host.granted).toEqual([]);
  });

  test('reading from the place of uploads is refused', async ({ host }) => {
    expect((await host.ask('/upload', host.ours)).status).toBe(405);
  });
});

describe('channel', () => {
  const until = (condition: () => boolean) => expect.poll(condition, { interval: 5 }).toBe(true);

  test('a page is told the state of the core and the file named at the start', async ({ host }) => {
    const { heard } = await host.connect();
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      { type: 'host', status: { state: 'ready', restarts: 0 } },
      { type: 'open', file: { id: 'named', name: 'named.csv', bytes: 1 } },
    ]);
    expect(host.said).toEqual([{ type: 'client-open', client: 1 }]);
  });

  test('each page is a client of its own, and what it says reaches the core under its number', async ({ host }) => {
    const one = await host.connect();
    const two = await host.connect();
    two.socket.send(encode({ hello: new Float64Array([NaN]) }));
    await until(() => host.said.length === 3);
    expect(host.said[2]).toEqual({ type: 'client-message', client: 2, message: { hello: new Float64Array([NaN]) } });
    one.socket.close();
    await until(() => host.said.length === 4);
    expect(host.said[3]).toEqual({ type: 'client-close', client: 1 });
  });

  test('what the core says to one client reaches that client alone', async ({ host }) => {
    const one = await host.connect();
    const two = await host.connect();
    host.clients.tell(2, { type: 'reply', id: 1 });
    await until(() => two.heard.length === 3);
    expect(two.heard[2]).toEqual({ type: 'reply', id: 1 });
    expect(one.heard.length).toBe(2);
    expect(() => host.clients.tell(99, {})).not.toThrow();
  });

  test('while the core restarts a page is not opened to it, and once it is ready every page is', async ({ host }) => {
    host.state.status = { state: 'restarting', cause: 'crashed', reason: 'it crashed', attempt: 1 };
    await host.connect();
    await host.connect();
    expect(host.said).toEqual([]);
    host.clients.openAll();
    expect(host.said).toEqual([
      { type: 'client-open', client: 1 },
      { type: 'client-open', client: 2 },
    ]);
  });

  test('a page that opens when no core is left asks for another', async ({ host }) => {
    host.state.status = { state: 'gone', cause: 'crashed', reason: 'it crashed' };
    await host.connect();
    expect(host.state.revived).toBe(1);
  });

  test('a damaged frame ends the connection and reaches nobody', async ({ host }) => {
    const { socket } = await host.connect();
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.send(new Uint8Array([1, 2, 3]));
    expect(await closed).toBe(1003);
    expect(host.said.some(({ type }) => type === 'client-message')).toBe(false);
  });

  test.for<[string, Record<string, string>]>([
    ['another site', { origin: 'http://evil.test' }],
    ['a program without an origin', { origin: '' }],
    ['a page without the cookie', { cookie: '' }],
    ['a name of somebody else', { host: 'evil.test' }],
  ])('%s is refused', async ([, change], { host }) => {
    await expect(host.connect({ ...host.ours, ...change })).rejects.toThrow(/403/);
    expect(host.said).toEqual([]);
  });

  test('another path is no channel', async ({ host }) => {
    await expect(host.connect(host.ours, '/other')).rejects.toThrow(/403/);
  });

  test('a stranger who hangs up while being refused does no harm', async ({ host }) => {
    const upgrade = `GET /channel HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    for (let i = 0; i < 30; i++) {
      await new Promise<void>((resolve) => {
        const stranger = connect(host.port, '127.0.0.1', () => stranger.write(upgrade));
        stranger.on('error', () => undefined).on('close', () => resolve());
        // Cut off at once: what is written to it then fails.
        setTimeout(() => stranger.resetAndDestroy(), i % 5);
      });
    }
    expect((await host.ask('/')).status).toBe(200);
  });
});
