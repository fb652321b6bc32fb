import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CoreMessage, HostStatus } from '../../../core/protocol';
import { forkCore } from '../../../electron/browser/forked-core';
import { superviseCore } from '../../../electron/core-process/core-supervisor';
import type { ProcessEnd } from '../../../electron/core-process/exit-reason';

const path = fileURLToPath(new URL('cores/core.mjs', import.meta.url));
const order = (id: string) => ({ type: 'grant' as const, id, name: '', path: '' });

afterEach(() => void vi.unstubAllEnvs());

async function endOf(act: string): Promise<ProcessEnd> {
  const core = forkCore(path);
  const end = new Promise<ProcessEnd>((resolve) => core.onExit(resolve));
  core.onMessage((message: CoreMessage) => {
    if (message.type === 'ready') core.send(order(act));
  });
  return end;
}

describe.skipIf(process.platform === 'win32')('a real process tells how it ended', () => {
  test.each<[string, ProcessEnd['cause'], string]>([
    ['exit', 'exited', 'code 7'],
    ['throw', 'exited', 'code 1'],
    ['hungry', 'out-of-memory', 'ran out of memory'],
    ['SIGSEGV', 'crashed', 'SIGSEGV'],
    ['SIGTERM', 'killed', 'SIGTERM'],
  ])('%s: %s', async (act, cause, named) => {
    // Four gigabytes would take long to fill.
    vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=60');
    const end = await endOf(act);
    expect(end.cause).toBe(cause);
    expect(end.reason).toContain(named);
  });

  test('SIGKILL: killed, or out of memory if the system ended another process for that at the same time', async () => {
    expect(['killed', 'out-of-memory']).toContain((await endOf('SIGKILL')).cause);
  });
});

test('one that hangs is replaced by one that answers', async () => {
  const statuses: HostStatus[] = [];
  const changed: (() => void)[] = [];
  const core = superviseCore<undefined>({
    start: () => forkCore(path),
    onStatus(status) {
      statuses.push(status);
      changed.splice(0).forEach((listener) => listener());
    },
    onClientMessage: () => undefined,
    onReady: () => undefined,
    overload: () => 1,
  });
  const until = async (state: HostStatus['state']) => {
    while (statuses.at(-1)?.state !== state) await new Promise<void>((resolve) => changed.push(resolve));
  };
  await until('ready');
  const begun = performance.now();
  core.send(order('hang'));
  await until('restarting');
  expect(statuses.at(-1)).toMatchObject({ cause: 'unresponsive', attempt: 1 });
  expect(performance.now() - begun).toBeGreaterThan(1900);
  await until('ready');
  await core.stop();
}, 30_000);
