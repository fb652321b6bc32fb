import type { ProcessEnd } from '../../../electron/core-process/exit-reason';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ControlMessage, CoreMessage, HostStatus } from '../../../core/protocol';
import { superviseCore, type CoreChild } from '../../../electron/core-process/core-supervisor';

/** A core that does what the test says. */
interface FakeCore extends CoreChild<string> {
  readonly heard: { message: ControlMessage; transfer: string | undefined }[];
  say(message: CoreMessage): void;
  die(reason: string): void;
  killed: boolean;
}

function fakeCore(): FakeCore {
  const messageListeners: ((message: CoreMessage) => void)[] = [];
  const exitListeners: ((end: ProcessEnd) => void)[] = [];
  const core: FakeCore = {
    heard: [],
    killed: false,
    send: (message, transfer) => void core.heard.push({ message, transfer }),
    onMessage: (listener) => void messageListeners.push(listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill() {
      core.killed = true;
      core.die('killed');
    },
    say: (message) => messageListeners.forEach((listener) => listener(message)),
    die: (reason) => exitListeners.forEach((listener) => listener({ cause: 'crashed', reason })),
  };
  return core;
}

function supervised(start = fakeCore) {
  const cores: FakeCore[] = [];
  const statuses: HostStatus[] = [];
  const relayed: unknown[] = [];
  let opened = 0;
  const supervisor = superviseCore<string>({
    start: () => {
      cores.push(start());
      return cores.at(-1) as FakeCore;
    },
    overload: () => 1,
    onStatus: (status) => statuses.push(status),
    onClientMessage: (client, message) => relayed.push([client, message]),
    onReady: () => {
      opened += 1;
      supervisor.send({ type: 'client-open', client: 1 });
    },
  });
  const core = () => cores.at(-1) as FakeCore;
  const types = () => core().heard.flatMap(({ message }) => (message.type === 'ping' ? [] : [message.type]));
  return { supervisor, cores, core, statuses, relayed, types, opened: () => opened };
}

/** A core that answers every question for this long. */
function answer(core: FakeCore, seconds: number): void {
  for (let half = 0; half < 2 * seconds; half++) {
    vi.advanceTimersByTime(500);
    core.say({ type: 'alive' });
  }
}

const request = (n: number): ControlMessage => ({ type: 'client-message', client: 1, message: n });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a core that starts', () => {
  test('hears nothing before it is ready, then the grants, the clients and what they asked meanwhile, in this order', () => {
    const { supervisor, core, types } = supervised();
    supervisor.send(request(1));
    supervisor.grant('/data/table.csv');
    supervisor.send(request(2), 'port');
    expect(core().heard).toEqual([]);
    core().say({ type: 'ready' });
    expect(types()).toEqual(['grant', 'client-open', 'client-message', 'client-message']);
    expect(core().heard.at(-1)).toEqual({ message: request(2), transfer: 'port' });
  });

  test('is reported as ready with the number of restarts behind it', () => {
    const { core, statuses } = supervised();
    core().say({ type: 'ready' });
    expect(statuses).toEqual([{ state: 'ready', restarts: 0 }]);
  });

  test('has its words to a client relayed', () => {
    const { core, relayed } = supervised();
    core().say({ type: 'client-message', client: 7, message: { type: 'event', event: 'run/progress', data: 1 } });
    expect(relayed).toEqual([[7, { type: 'event', event: 'run/progress', data: 1 }]]);
  });

  test('the page learns the name of a granted file and an id, and never its path', () => {
    const { supervisor } = supervised();
    const grant = supervisor.grant('/secret/folder/table.csv');
    expect(grant.name).toBe('table.csv');
    expect(JSON.stringify(grant)).not.toContain('secret');
  });
});

describe('a core that ends without being asked', () => {
  test('is started again and told again of every file and every client', () => {
    const { supervisor, cores, core, statuses, types, opened } = supervised();
    const grant = supervisor.grant('/data/table.csv');
    core().say({ type: 'ready' });
    core().die('it ran out of memory');
    expect(statuses.at(-1)).toEqual({
      state: 'restarting',
      cause: 'crashed',
      reason: 'it ran out of memory',
      attempt: 1,
    });
    supervisor.send(request(5));
    vi.advanceTimersByTime(100);
    expect(cores).toHaveLength(2);
    core().say({ type: 'ready' });
    expect(statuses.at(-1)).toEqual({ state: 'ready', restarts: 1 });
    expect(types()).toEqual(['grant', 'client-open', 'client-message']);
    expect(core().heard).toContainEqual({
      message: { type: 'grant', id: grant.id, name: 'table.csv', path: '/data/table.csv' },
      transfer: undefined,
    });
    expect(opened()).toBe(2);
  });

  test('is started at most three times more, each time later, and then given up with the reason', () => {
    const { cores, core, statuses } = supervised();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      core().die('it crashed');
      const before = cores.length;
      let waited = 0;
      while (cores.length === before) {
        vi.advanceTimersByTime(10);
        waited += 10;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[2]).toBeLessThanOrEqual(2000);
    core().die('it crashed');
    vi.advanceTimersByTime(60_000);
    expect(cores).toHaveLength(4);
    expect(statuses.at(-1)).toEqual({ state: 'gone', cause: 'crashed', reason: 'it crashed' });
  });

  test('gets its attempts back after five steady minutes', () => {
    const { cores, core, statuses } = supervised();
    for (let crash = 0; crash < 10; crash++) {
      core().say({ type: 'ready' });
      for (let halfMinute = 0; halfMinute < 11; halfMinute++) {
        answer(core(), 30);
      }
      core().die('it crashed');
      vi.advanceTimersByTime(100);
    }
    expect(cores).toHaveLength(11);
    expect(statuses.some(({ state }) => state === 'gone')).toBe(false);
  });

  test('can be tried again by hand after it was given up', () => {
    const { supervisor, cores, core, statuses } = supervised();
    for (let crash = 0; crash < 4; crash++) {
      core().die('it crashed');
      vi.advanceTimersByTime(2000);
    }
    supervisor.revive();
    expect(statuses.at(-1)).toEqual({ state: 'starting' });
    core().say({ type: 'ready' });
    expect(cores).toHaveLength(5);
    expect(statuses.at(-1)).toMatchObject({ state: 'ready' });
  });

  test('what was asked of it while it was given up is not asked of a later one', () => {
    const { supervisor, core, types } = supervised();
    for (let crash = 0; crash < 4; crash++) {
      core().die('it crashed');
      vi.advanceTimersByTime(2000);
    }
    supervisor.send(request(1));
    supervisor.revive();
    core().say({ type: 'ready' });
    expect(types()).toEqual(['client-open']);
  });

  test('says no more after another has taken its place', () => {
    const { cores, core, relayed } = supervised();
    core().die('it crashed');
    vi.advanceTimersByTime(100);
    cores[0].say({ type: 'client-message', client: 1, message: { type: 'host', status: { state: 'starting' } } });
    cores[0].die('again');
    vi.advanceTimersByTime(5000);
    expect(relayed).toEqual([]);
    expect(cores).toHaveLength(2);
  });
});

test('a core that cannot even be started is given up after the same attempts', () => {
  let tries = 0;
  const { statuses } = supervised(() => {
    tries += 1;
    throw new Error('no such program');
  });
  vi.advanceTimersByTime(10_000);
  expect(tries).toBe(4);
  expect(statuses.at(-1)).toEqual({
    state: 'gone',
    cause: 'launch-failed',
    reason: 'it could not be started (no such program)',
  });
});

describe('a core that does not answer', () => {
  const questions = ({ heard }: FakeCore) => heard.filter(({ message }) => message.type === 'ping').length;

  test('is ended and replaced two seconds to two and a half after its last answer, as unresponsive', () => {
    const { cores, core, statuses } = supervised();
    core().say({ type: 'ready' });
    answer(core(), 300);
    vi.advanceTimersByTime(2000);
    expect(cores).toHaveLength(1);
    vi.advanceTimersByTime(500);
    expect(cores[0].killed).toBe(true);
    expect(statuses.at(-1)).toEqual({
      state: 'restarting',
      cause: 'unresponsive',
      reason: 'it no longer answered',
      attempt: 1,
    });
    vi.advanceTimersByTime(100);
    expect(cores).toHaveLength(2);
  });

  test('is asked twice a second from the moment it is ready, and not before', () => {
    const { core } = supervised();
    vi.advanceTimersByTime(3000);
    expect(questions(core())).toBe(0);
    core().say({ type: 'ready' });
    answer(core(), 10);
    expect(questions(core())).toBe(21);
  });

  test('has as many lives as one that ends by itself', () => {
    const { cores, core, statuses } = supervised();
    for (let life = 1; life <= 4; life++) {
      core().say({ type: 'ready' });
      vi.advanceTimersByTime(4000);
    }
    expect(cores).toHaveLength(4);
    expect(cores.every(({ killed }) => killed)).toBe(true);
    expect(statuses.at(-1)).toMatchObject({ state: 'gone', cause: 'unresponsive' });
  });

  test('before it is ready has 20 seconds, and is then said not to have started', () => {
    const { cores, core, statuses } = supervised();
    vi.advanceTimersByTime(19_900);
    expect(core().killed).toBe(false);
    vi.advanceTimersByTime(200);
    expect(cores[0].killed).toBe(true);
    expect(statuses).toEqual([
      { state: 'restarting', cause: 'launch-failed', reason: 'it did not become ready in 20 seconds', attempt: 1 },
    ]);
  });

  test('is asked no more after it has ended', () => {
    const { core, statuses } = supervised();
    core().say({ type: 'ready' });
    const [first, before] = [core(), questions(core())];
    first.die('it crashed');
    vi.advanceTimersByTime(10_000);
    expect(questions(first)).toBe(before);
    expect(statuses.filter(({ state }) => state === 'restarting')).toHaveLength(1);
  });
});

describe('stopping', () => {
  test('asks the core to end, waits for it and starts no other', async () => {
    const { supervisor, cores, core, types } = supervised();
    core().say({ type: 'ready' });
    const stopped = supervisor.stop();
    expect(types().at(-1)).toBe('shutdown');
    core().die('asked');
    await stopped;
    vi.advanceTimersByTime(10_000);
    expect(cores).toHaveLength(1);
    expect(core().killed).toBe(false);
  });

  test('makes a core end that does not', async () => {
    const { supervisor, core } = supervised();
    core().say({ type: 'ready' });
    const stopped = supervisor.stop();
    vi.advanceTimersByTime(1900);
    expect(core().killed).toBe(false);
    vi.advanceTimersByTime(200);
    await stopped;
    expect(core().killed).toBe(true);
  });

  test('ends at once between two cores', async () => {
    const { supervisor, cores, core } = supervised();
    core().die('it crashed');
    await supervisor.stop();
    vi.advanceTimersByTime(10_000);
    expect(cores).toHaveLength(1);
  });
});
