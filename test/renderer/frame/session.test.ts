import { expect, test } from 'vitest';
import { effectScope } from 'vue';
import { useSession } from '../../../renderer/frame/session';
import { useData } from '../../../renderer/stores/data';
import { useEngine } from '../../../renderer/stores/engine';
import { useNavigation } from '../../../renderer/stores/navigation';
import { useRuns } from '../../../renderer/stores/runs';
import { opened, request, scripted, table } from '../runs/harness';

const hello = { version: '1.2.3', workers: 4, methods: [], samples: [] };

function started() {
  const page = scripted({
    'engine/hello': () => ({ ok: true, value: hello }),
    'engine/memory': () => ({ ok: true, value: { bytes: 1000 } }),
    'data/open': () => ({ ok: true, value: table }),
  });
  // In a component useSession() runs within its application; here the active pinia stands for it.
  const scope = effectScope();
  page.inApp(() => scope.run(() => useSession()));
  return { ...page, stop: () => scope.stop() };
}

test('the engine is greeted at once and says what it can do', async () => {
  const { settle, stop } = started();
  await settle();
  expect(useEngine()).toMatchObject({ version: '1.2.3', workers: 4, memory: 1000 });
  stop();
});

test('a file opened with the operating system is read and shown', async () => {
  const { open, stop } = started();
  await open({ id: 'g', name: 'a.csv', bytes: 5 });
  expect(useData().table).toEqual(table);
  expect(useNavigation().screen).toBe('data');
  stop();
});

test('after a restart of the core the user is told, the engine greeted and the file read again, and nobody is moved', async () => {
  const { asked, host, open, settle, stop } = started();
  await open({ id: 'g', name: 'a.csv', bytes: 5 });
  useNavigation().go('runs');
  const before = asked.length;
  await host({ state: 'restarting', cause: 'crashed', reason: 'crashed', attempt: 1 });
  expect(useEngine().unseenRestarts).toBe(0);
  await host({ state: 'ready', restarts: 1 });
  await settle();
  expect(useEngine().unseenRestarts).toBe(1);
  expect(
    asked
      .slice(before)
      .map(({ method }) => method)
      .sort(),
  ).toEqual(['data/open', 'engine/hello']);
  expect(useNavigation().screen).toBe('runs');
  stop();
});

test('an engine that is gone and is started again by hand is taken up as after a restart', async () => {
  const { asked, core, host, open, settle, stop } = started();
  await settle();
  await open({ id: 'g', name: 'a.csv', bytes: 5 });
  await host({ state: 'gone', cause: 'killed', reason: 'it was killed' });
  expect(await core.send('engine/memory', {})).toMatchObject({
    error: { code: 'engine/lost', message: expect.stringContaining('start it again') },
  });
  const before = asked.length;
  await host({ state: 'starting' });
  expect(useEngine().reviving).toBe(true);
  await host({ state: 'ready', restarts: 3 });
  await settle();
  expect(useEngine()).toMatchObject({ reviving: false, unseenRestarts: 1 });
  expect(asked.slice(before).map(({ method }) => method)).toEqual(
    expect.arrayContaining(['engine/hello', 'data/open']),
  );
  stop();
});

test('what happened before the page was opened is no news to it', async () => {
  const { host, stop } = started();
  await host({ state: 'ready', restarts: 2 });
  expect(useEngine().unseenRestarts).toBe(0);
  stop();
});

test('a browser asks before it drops runs with the page, and only when there are some', async () => {
  const { stop } = started();
  const leaving = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(leaving()).toBe(false);
  opened();
  await useRuns().start([request()]);
  expect(leaving()).toBe(true);
  stop();
  expect(leaving()).toBe(false);
});
