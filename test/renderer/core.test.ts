import { describe, expect, test, vi } from 'vitest';
import type { HostBridge } from '../../core/bridge';
import { inMemoryChannel } from '../../core/channel';
import type { ClientMessage, HostStatus, RequestMessage } from '../../core/protocol';
import { createCore } from '../../renderer/core';

const bridge = {
  host: 'browser',
  openFile: async () => null,
  onCommand: () => undefined,
} as unknown as HostBridge;

/** A core end that keeps requests and answers when the test says so. */
function connected() {
  const [page, end] = inMemoryChannel<ClientMessage, RequestMessage>();
  const requests: RequestMessage[] = [];
  end.onMessage((message) => requests.push(message));
  const core = createCore(bridge, page);
  const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const host = async (status: HostStatus): Promise<void> => {
    end.post({ type: 'host', status });
    await tick();
  };
  const reply = (id: number, value: unknown): void => end.post({ type: 'reply', id, result: { ok: true, value } });
  return { core, page, end, requests, tick, host, reply };
}

describe('the page’s end of the channel', () => {
  test('each answer goes to the request it belongs to, in whatever order answers come', async () => {
    const { core, requests, reply, tick } = connected();
    const first = core.send('data/close', { tableId: 'a' });
    const second = core.send('engine/memory', {});
    await tick();
    reply(requests[1].id, { bytes: 5 });
    reply(requests[0].id, {});
    expect(await second).toEqual({ ok: true, value: { bytes: 5 } });
    expect(await first).toEqual({ ok: true, value: {} });
  });

  test('events reach every listener until it leaves', async () => {
    const { core, end, tick } = connected();
    const [stays, leaves] = [vi.fn(), vi.fn()];
    core.on('run/finished', stays);
    const leave = core.on('run/finished', leaves);
    end.post({ type: 'event', event: 'run/finished', data: { state: 'cancelled', runId: 'r' } });
    await tick();
    leave();
    end.post({ type: 'event', event: 'run/finished', data: { state: 'cancelled', runId: 'r' } });
    await tick();
    expect(stays).toHaveBeenCalledTimes(2);
    expect(leaves).toHaveBeenCalledTimes(1);
  });

  test('when the core dies, what it was asked fails with a sentence instead of waiting for ever', async () => {
    const { core, host } = connected();
    const asked = core.send('engine/memory', {});
    await host({ state: 'restarting', cause: 'crashed', reason: 'crashed', attempt: 1 });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'engine/lost' } });
  });

  test('requests made while there is no core are put to the next one', async () => {
    const { core, requests, host, reply, tick } = connected();
    await host({ state: 'restarting', cause: 'crashed', reason: 'crashed', attempt: 1 });
    const asked = core.send('engine/memory', {});
    await tick();
    expect(requests).toHaveLength(0);
    await host({ state: 'ready', restarts: 1 });
    await tick();
    expect(requests).toHaveLength(1);
    reply(requests[0].id, { bytes: 7 });
    expect(await asked).toEqual({ ok: true, value: { bytes: 7 } });
  });

  test('after the last restart has failed, every request is refused at once', async () => {
    const { core, requests, host } = connected();
    await host({ state: 'restarting', cause: 'crashed', reason: 'crashed', attempt: 3 });
    const held = core.send('engine/memory', {});
    await host({ state: 'gone', cause: 'crashed', reason: 'crashed three times' });
    expect(await held).toMatchObject({ ok: false });
    expect(await core.send('engine/memory', {})).toMatchObject({ ok: false, error: { code: 'engine/lost' } });
    expect(requests).toHaveLength(0);
  });

  test('a closed connection is the end of the core, but does not hide the reason the host gave', async () => {
    const { core, page, host } = connected();
    await host({ state: 'gone', cause: 'crashed', reason: 'out of memory' });
    page.close();
    expect(core.status.value).toEqual({ state: 'gone', cause: 'crashed', reason: 'out of memory' });
  });

  test('a file opened outside the page is announced', async () => {
    const { core, end, tick } = connected();
    const opened = vi.fn();
    core.onOpen(opened);
    end.post({ type: 'open', file: { id: 'g', name: 'a.csv', bytes: 3 } });
    await tick();
    expect(opened).toHaveBeenCalledWith({ id: 'g', name: 'a.csv', bytes: 3 });
  });
});
