import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchHeartbeat } from '../../../electron/core-process/heartbeat';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A watched process, and a clock that can run ahead of the timers as it does when nobody gets to run. */
function watched() {
  const clock = { heldUp: 0, load: 1 };
  const seen = { asked: 0, silent: 0 };
  const heartbeat = watchHeartbeat({
    ask: () => void (seen.asked += 1),
    onSilence: () => void (seen.silent += 1),
    now: () => performance.now() + clock.heldUp,
    overload: () => clock.load,
  });
  return { clock, seen, heartbeat };
}

test('silence is told once, two seconds after the last sign and at most half a second later', () => {
  const { seen, heartbeat } = watched();
  vi.advanceTimersByTime(700);
  heartbeat.heard();
  vi.advanceTimersByTime(2000);
  expect(seen.silent).toBe(0);
  vi.advanceTimersByTime(500);
  expect(seen.silent).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(seen.silent).toBe(1);
});

test('a sign that comes late, but within the two seconds, is enough each time', () => {
  const { seen, heartbeat } = watched();
  for (let times = 0; times < 50; times++) {
    vi.advanceTimersByTime(1990);
    heartbeat.heard();
  }
  expect(seen.silent).toBe(0);
});

test('an hour of sleep is no silence: the other has two seconds again after it', () => {
  const { clock, seen } = watched();
  vi.advanceTimersByTime(1600);
  clock.heldUp += 3_600_000;
  vi.advanceTimersByTime(1900);
  expect(seen.silent).toBe(0);
  vi.advanceTimersByTime(500);
  expect(seen.silent).toBe(1);
});

test('while this process is held up itself, check after check, nobody is blamed', () => {
  const { clock, seen } = watched();
  for (let check = 0; check < 100; check++) {
    clock.heldUp += 300;
    vi.advanceTimersByTime(500);
  }
  expect(seen.silent).toBe(0);
  expect(seen.asked).toBe(101);
});

test('on a computer that is asked for three times what it has, patience is three times as long', () => {
  const { clock, seen } = watched();
  clock.load = 3;
  vi.advanceTimersByTime(5900);
  expect(seen.silent).toBe(0);
  vi.advanceTimersByTime(200);
  expect(seen.silent).toBe(1);
});

test('after it was stopped nobody is asked or blamed', () => {
  const { seen, heartbeat } = watched();
  heartbeat.stop();
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual({ asked: 1, silent: 0 });
});
