import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { useThrottled } from '../../../renderer/views/runs/use-throttled';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a throttled value follows at once after a rest, then at most once an interval, and ends on the last', async () => {
  const source = ref(0);
  const work = vi.fn(() => source.value);
  const scope = effectScope();
  const shown = scope.run(() => useThrottled(() => source.value, work, 100))!;
  source.value = 1;
  await nextTick();
  expect(shown.value).toBe(1);
  for (const value of [2, 3, 4]) {
    source.value = value;
    await nextTick();
  }
  expect(shown.value).toBe(1);
  vi.advanceTimersByTime(100);
  expect(shown.value).toBe(4);
  expect(work).toHaveBeenCalledTimes(3);
  scope.stop();
});
