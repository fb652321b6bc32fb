import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { WebContents } from 'electron';
import { createCoreHost } from '../../../electron/core-process/core-host';
import type { Log } from '../../../electron/log/log';

const electron = vi.hoisted(() => ({ app: { on: vi.fn(), off: vi.fn() }, utilityProcess: { fork: vi.fn() } }));
vi.mock('electron', () => ({
  app: electron.app,
  utilityProcess: electron.utilityProcess,
  MessageChannelMain: class {
    readonly port1 = {};
    readonly port2 = {};
  },
}));

const log: Log = {
  file: null,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  coreError: () => undefined,
  tail: () => [],
};

/** A core that is started and says what the test has it say. */
function coreProcess() {
  const child = Object.assign(new EventEmitter(), { postMessage: vi.fn(), kill: vi.fn(), stderr: null });
  electron.utilityProcess.fork.mockReturnValue(child);
  return child;
}

/** Like Electron's, it throws when a port is sent to a process that is gone. */
function pageProcess() {
  const page = Object.assign(new EventEmitter(), { gone: false, send: vi.fn(), postMessage: vi.fn() });
  page.postMessage.mockImplementation(() => {
    if (page.gone) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  });
  return page;
}

test('a page whose process has ended gets no port until it is loaded again, and holds up no other', () => {
  const core = coreProcess();
  const host = createCoreHost('core.js', log);
  const [dead, alive] = [pageProcess(), pageProcess()];
  host.connect(dead as unknown as WebContents);
  host.connect(alive as unknown as WebContents);
  dead.gone = true;
  dead.emit('render-process-gone', {}, { reason: 'crashed' });
  core.emit('message', { type: 'ready' });
  expect(dead.postMessage).not.toHaveBeenCalled();
  expect(alive.postMessage).toHaveBeenCalledOnce();
  dead.gone = false;
  host.connect(dead as unknown as WebContents);
  expect(dead.postMessage).toHaveBeenCalledOnce();
});

test('a core that ends in the moment before it is asked to, as by Ctrl-C in a terminal, does not hold up the end', async () => {
  const core = coreProcess();
  const host = createCoreHost('core.js', log);
  core.emit('message', { type: 'ready' });
  core.emit('exit', 2);
  await host.stop();
  expect(core.kill).not.toHaveBeenCalled();
});

describe('a core that ends by itself', () => {
  afterEach(() => void vi.useRealTimers());

  /** What Electron says about a process that is gone, to whoever listens at the time. */
  function processGone(details: object): void {
    const listening = electron.app.on.mock.calls.filter(
      ([name, listener]) =>
        name === 'child-process-gone' && !electron.app.off.mock.calls.some(([, other]) => other === listener),
    );
    for (const [, listener] of listening) (listener as (event: object, details: object) => void)({}, details);
  }

  const statusesOf = (page: ReturnType<typeof pageProcess>) =>
    page.send.mock.calls.map(([, status]) => status as object);

  test.each([
    ['oom', 'out-of-memory'],
    ['crashed', 'crashed'],
    ['killed', 'killed'],
    ['integrity-failure', 'launch-failed'],
  ])('is told by what Electron says shortly after its exit, whose code may be 0: %s', async (reason, cause) => {
    vi.useFakeTimers();
    const core = coreProcess();
    const host = createCoreHost('core.js', log);
    const page = pageProcess();
    host.connect(page as unknown as WebContents);
    core.emit('message', { type: 'ready' });
    core.emit('exit', 0);
    processGone({ type: 'Utility', reason, name: 'MoE Lab engine' });
    processGone({ type: 'GPU', reason: 'clean-exit', name: 'GPU' });
    processGone({ type: 'Utility', reason: 'clean-exit', name: 'Network Service' });
    await vi.advanceTimersByTimeAsync(120);
    expect(statusesOf(page).at(-1)).toMatchObject({ state: 'restarting', cause });
  });

  test('is posted nothing from its exit on: that has ended Electron itself', () => {
    vi.useFakeTimers();
    const core = coreProcess();
    const host = createCoreHost('core.js', log);
    core.emit('message', { type: 'ready' });
    core.emit('exit', 11);
    core.postMessage.mockClear();
    host.grant('/data/table.csv');
    host.connect(pageProcess() as unknown as WebContents);
    expect(core.postMessage).not.toHaveBeenCalled();
  });
});
