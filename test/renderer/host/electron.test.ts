import { afterEach, expect, test, vi } from 'vitest';
import type { ClientMessage, HostStatus, RequestMessage } from '../../../core/protocol';
import { PORT_MESSAGE, type DesktopBridge } from '../../../electron/bridge';
import { electronHost } from '../../../renderer/host/electron';

const open = new Set<{ close(): void }>();
afterEach(() => {
  open.forEach((channel) => channel.close());
  open.clear();
});

/** Main and preload as the page sees them: what it asked for, and what they may say. */
function desktop(own: Partial<DesktopBridge> = {}) {
  const said = { status: (status: HostStatus): void => void status, connects: 0 };
  const bridge = {
    connect: () => void said.connects++,
    onStatus: (listener: typeof said.status) => (said.status = listener),
    onOpen: () => undefined,
    ...own,
  } as unknown as DesktopBridge;
  return { bridge, said };
}

/** A port of which this side is the core's. */
function port() {
  const { port1, port2 } = new MessageChannel();
  const received: unknown[] = [];
  port1.onmessage = ({ data }) => received.push(data);
  return { core: port1, page: port2, received };
}

/** The message by which the preload hands a port on; from a frame or another window it has another source. */
function arrive(given: MessagePort, change: Partial<{ source: unknown; data: unknown }> = {}): void {
  const event = Object.assign(new Event('message'), { source: window, data: PORT_MESSAGE, ports: [given], ...change });
  window.dispatchEvent(event);
}

async function connected(own: Partial<DesktopBridge> = {}) {
  const { bridge, said } = desktop(own);
  const channel = await electronHost(bridge).connect();
  open.add(channel);
  const messages: ClientMessage[] = [];
  channel.onMessage((message) => messages.push(message));
  return { channel, messages, said };
}

const request = (id: number): RequestMessage => ({ type: 'request', id, method: 'engine/hello', params: {} });
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

test('the page asks for a port, and what it had to say before one came is said then', async () => {
  const { channel, said } = await connected();
  expect(said.connects).toBe(1);
  channel.post(request(1));
  const { page, received } = port();
  arrive(page);
  channel.post(request(2));
  await settle();
  expect(received).toEqual([request(1), request(2)]);
});

test('a port that another window or a script hands over is not taken', async () => {
  const { channel } = await connected();
  const [foreign, mistaken, own] = [port(), port(), port()];
  arrive(foreign.page, { source: null });
  arrive(mistaken.page, { data: 'something else' });
  channel.post(request(1));
  await settle();
  expect([foreign.received, mistaken.received]).toEqual([[], []]);
  arrive(own.page);
  await settle();
  expect(own.received).toEqual([request(1)]);
});

test('after a restart the next port is used, and requests made in between wait for it', async () => {
  const { channel, messages, said } = await connected();
  const [first, second] = [port(), port()];
  arrive(first.page);
  said.status({ state: 'restarting', cause: 'crashed', reason: 'It ended.', attempt: 1 });
  channel.post(request(1));
  arrive(second.page);
  await settle();
  expect(first.received).toEqual([]);
  expect(second.received).toEqual([request(1)]);
  second.core.postMessage({ type: 'event', event: 'x', data: 1 });
  await settle();
  expect(messages).toEqual([
    { type: 'host', status: { state: 'restarting', cause: 'crashed', reason: 'It ended.', attempt: 1 } },
    { type: 'event', event: 'x', data: 1 },
  ]);
});

test('what waits for a core that is gone for good is dropped: the page has answered it', async () => {
  const { channel, said } = await connected();
  channel.post(request(1));
  said.status({ state: 'gone', cause: 'launch-failed', reason: 'It does not start.' });
  const { page, received } = port();
  arrive(page);
  await settle();
  expect(received).toEqual([]);
});

test('a closed channel takes no more ports and says that it is closed', async () => {
  const { channel } = await connected();
  const closed = vi.fn();
  channel.onClose(closed);
  channel.close();
  expect(closed).toHaveBeenCalledOnce();
  const { page, received } = port();
  arrive(page);
  channel.post(request(1));
  await settle();
  expect(received).toEqual([]);
});

test('an answer of main is the value, and a refusal is thrown in its words', async () => {
  const grant = { id: 'g', name: 'a.csv', bytes: 1 };
  const refused = { ok: false, error: { code: 'file/missing', message: '"a.csv" is no longer there.' } } as const;
  const { bridge } = desktop({
    openFile: async () => ({ ok: true, value: null }),
    grantFile: async () => ({ ok: true, value: grant }),
    openRecent: async () => refused,
    saveProject: async () => refused,
    diagnostics: async () => ({ ok: true, value: 'text' }),
  });
  const host = electronHost(bridge);
  expect(host.host).toBe('electron');
  await expect(host.openFile()).resolves.toBeNull();
  const progress = vi.fn();
  await expect(host.grantFile(new File([], 'a.csv'), progress)).resolves.toEqual(grant);
  expect(progress).toHaveBeenLastCalledWith(1);
  await expect(host.openRecent('1')).rejects.toThrow('"a.csv" is no longer there.');
  await expect(host.saveProject({ name: 'a.moe', mime: '', content: '' }, null)).rejects.toThrow('no longer there');
  await expect(host.diagnostics()).resolves.toBe('text');
});
