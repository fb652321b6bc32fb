import { afterEach, expect, test, vi } from 'vitest';
import { whenIdle } from '../../../renderer/ui/when-idle';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('waits for the page to rest, and no longer than it is told', () => {
  const asked: { work: () => void; timeout?: number }[] = [];
  vi.stubGlobal('requestIdleCallback', (work: () => void, options?: { timeout: number }) =>
    asked.push({ work, timeout: options?.timeout }),
  );
  const work = vi.fn();
  whenIdle(work, 2000);
  expect(work).not.toHaveBeenCalled();
  expect(asked).toMatchObject([{ timeout: 2000 }]);
  asked[0].work();
  expect(work).toHaveBeenCalledOnce();
});

test('where the page does not tell when it rests, it runs soon all the same', () => {
  vi.useFakeTimers();
  vi.stubGlobal('requestIdleCallback', undefined);
  const work = vi.fn();
  whenIdle(work, 2000);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2000);
  expect(work).toHaveBeenCalledOnce();
});
