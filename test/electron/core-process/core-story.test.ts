import { expect, test } from 'vitest';
import { watchCore } from '../../../electron/core-process/core-story';

test('every end is kept with its time, and the log is told its cause but not its words', () => {
  const logged: string[] = [];
  const write = (level: string) => (event: string, facts?: object) =>
    void logged.push(`${level} ${event} ${JSON.stringify(facts ?? {})}`);
  const clock = { now: new Date('2026-01-02T03:04:05Z') };
  const story = watchCore({ info: write('info'), warn: write('warn') }, () => clock.now);
  expect(story.lines()).toEqual(['Now: starting']);
  story.onStatus({ state: 'ready', restarts: 0 });
  story.onStatus({ state: 'restarting', cause: 'unresponsive', reason: 'it no longer answered', attempt: 1 });
  clock.now = new Date('2026-01-02T03:05:00Z');
  story.onStatus({ state: 'gone', cause: 'launch-failed', reason: 'it could not be started (/home/jane/x)' });
  expect(story.lines()).toEqual([
    'Now: gone',
    '2026-01-02T03:04:05.000Z unresponsive: it no longer answered',
    '2026-01-02T03:05:00.000Z launch-failed: it could not be started (/home/jane/x)',
  ]);
  expect(logged).toEqual([
    'info engine ready {"restarts":0}',
    'warn engine ended {"cause":"unresponsive","attempt":1}',
    'warn engine gone {"cause":"launch-failed"}',
  ]);
});
