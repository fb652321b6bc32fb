import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { WebContents } from 'electron';
import { createCoreHost } from '../../../electron/core-process/core-host';
import type { Log } from '../../../electron/log/log';

const electron = vi.hoisted(() => ({ utilityProcess: { fork: vi.fn() } }));
vi.mock('electron', () => ({
  app: { on: () => undefined, off: () => undefined },
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
