import { connect as connectTcp } from 'node:net';
import { encode } from '../../../core/codec';
import { expect, test, type Program } from './program';

const strangers: [string, Record<string, string>][] = [
  ['another site', { origin: 'http://evil.test' }],
  ['a page of nowhere', { origin: 'null' }],
  ['a program without an origin', { origin: '' }],
  ['a page without the cookie', { cookie: '' }],
  ['a page with another cookie', { cookie: 'moe-lab-1=x' }],
  ['a name of somebody else', { host: 'evil.test' }],
];
for (const [who, change] of strangers) {
  test(`${who} gets no channel to the engine`, async ({ program }) => {
    await expect(program.connect({ ...program.ours, ...change })).rejects.toThrow(/403/);
  });
}

test('a site whose name was made to point here gets no channel, though its origin and host agree', async ({
  program,
}) => {
  const host = `evil.test:${program.port}`;
  await expect(program.connect({ ...program.ours, host, origin: `http://${host}` })).rejects.toThrow(/403/);
});

test('there is a channel at one path alone', async ({ program }) => {
  for (const path of ['/', '/channels', '/channel/', '/channel?x=1', '//channel'])
    await expect(program.connect(program.ours, path), path).rejects.toThrow(/403/);
});

test('what is asked while the engine starts is answered when it has', async ({ start }) => {
  const program = await start();
  expect(await answerOf(program, request('engine/memory', {}))).toMatchObject({ ok: true });
});

test('a stranger who hangs up while being refused does no harm', async ({ start }) => {
  const program = await start();
  const upgrade = `GET /channel HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  for (let i = 0; i < 60; i++) {
    await new Promise<void>((resolve) => {
      const stranger = connectTcp(program.port, '127.0.0.1', () => stranger.write(upgrade));
      stranger.on('error', () => undefined).on('close', () => resolve());
      setTimeout(() => stranger.resetAndDestroy(), i % 6);
    });
  }
  expect((await program.ask('/')).status).toBe(200);
});

test('a damaged message ends its connection and nothing else', async ({ program }) => {
  const frames: [string, Uint8Array | string][] = [
    ['too short', new Uint8Array([1, 2])],
    ['a header that is cut off', new Uint8Array([255, 255, 255, 255, 1])],
    ['no JSON', new Uint8Array([1, 0, 0, 0, 123])],
    ['bytes left over', new Uint8Array([...encode({ type: 'request' }), 0])],
    ['an array that is cut off', frame({ a: { $: ['Float64Array', 3] } })],
    ['an array of no known type', frame({ a: { $: ['Buffer', 0] } })],
    ['an array of negative length', frame({ a: { $: ['Float64Array', -1] } })],
    ['a nesting without end', frame('['.repeat(200_000))],
    ['text', 'hello'],
  ];
  const cores = program.cores();
  for (const [what, bytes] of frames) {
    const { socket } = await program.connect();
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.send(bytes);
    expect(await closed, what).toBe(1003);
  }
  expect(await answerOf(program, request('engine/memory', {}))).toMatchObject({ ok: true });
  expect(program.cores()).toEqual(cores);
});

test('a message larger than any request ends its connection', async ({ program }) => {
  const { socket } = await program.connect();
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', () => undefined);
  socket.send(new Uint8Array(65 * 1024 * 1024));
  // Whoever still sends while the other end hangs up may not hear its last word.
  expect([1009, 1006]).toContain(await closed);
  expect(await answerOf(program, request('engine/memory', {}))).toMatchObject({ ok: true });
});

test('a request of a wrong kind gets a typed refusal, and the engine goes on', async ({ program }) => {
  const cores = program.cores();
  const deep = JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`) as unknown;
  const values = [undefined, null, NaN, -0, Infinity, '', 'x'.repeat(1e6), [], {}, deep, new Float64Array(3), true];
  for (const method of ['', 'toString', 'constructor', '__proto__', 'hasOwnProperty', 'engine/memories'])
    expect(await answerOf(program, request(method, {})), method).toMatchObject(refusal('core/unknown-request'));
  for (const params of [...values, { tableId: NaN }, JSON.parse('{"__proto__":{"tableId":1}}')])
    expect(await answerOf(program, request('data/close', params))).toMatchObject(refusal('core/bad-request'));
  expect(program.cores()).toEqual(cores);
});

test('a number that is none arrives as what it is', async ({ program }) => {
  const { error } = await answerOf(program, request('data/page', { tableId: 'x', offset: NaN, limit: 1, sort: null }));
  expect(error?.message).toContain('NaN');
});

test('what is no request is answered by nothing and harms nobody', async ({ program }) => {
  const cores = program.cores();
  const { socket, heard } = await program.connect();
  const nothing = [
    null,
    1,
    'x',
    [],
    {},
    { type: 'shutdown' },
    { type: 'grant', id: 'a', name: 'a', path: '/etc/passwd' },
  ];
  nothing.forEach((message) => socket.send(encode(message)));
  socket.send(encode(request('engine/memory', {})));
  await expect.poll(() => heard.filter(isReply)).toHaveLength(1);
  expect(program.cores()).toEqual(cores);
  socket.close();
});

test('a page opens no file by its path', async ({ program }) => {
  for (const id of ['/etc/passwd', '../../package.json', 'C:\\windows\\win.ini', '__proto__'])
    expect(
      await answerOf(program, request('data/open', { source: { kind: 'grant', id }, dialect: null })),
    ).toMatchObject({ ok: false });
});

interface Reply {
  readonly type: 'reply';
  readonly id: number;
  readonly result: { readonly ok: boolean; readonly error?: { readonly code: string; readonly message: string } };
}

const isReply = (message: unknown): message is Reply => (message as { type?: unknown }).type === 'reply';
const request = (method: string, params: unknown) => ({ type: 'request', id: 7, method, params });
const refusal = (code: string) => ({ ok: false, error: { code } });

async function answerOf(program: Program, message: unknown): Promise<Reply['result']> {
  const { socket, heard } = await program.connect();
  socket.send(encode(message));
  await expect.poll(() => heard.filter(isReply)).toHaveLength(1);
  socket.close();
  return heard.filter(isReply)[0].result;
}

/** A frame with this header, as JSON or as text, and no body. */
function frame(header: unknown): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(4 + text.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  return bytes;
}
