import { expect, test } from 'vitest';
import { ref, shallowRef } from 'vue';
import { useCrosshair } from '../../../renderer/charts/use-crosshair';
import type { ChartStop } from '../../../renderer/charts/chart';
import type { Plot } from '../../../renderer/charts/use-plot';

const stops = ['first', 'second', 'third'].map(
  (title, x): ChartStop => ({ x, y: null, read: () => ({ title, entries: [] }) }) as ChartStop,
);

function undrawn() {
  const drawn = ref(0);
  const isDrawn = shallowRef(false);
  const plot = {
    drawn,
    pixel: (x: number) => (isDrawn.value ? { x, y: 0 } : null),
  } as unknown as Plot;
  const draw = () => {
    isDrawn.value = true;
    drawn.value++;
  };
  return { crosshair: useCrosshair(plot, () => stops), draw };
}

test('keys pressed before the first drawing hold for it', () => {
  const { crosshair, draw } = undrawn();
  crosshair.to('first');
  crosshair.move(1);
  expect(crosshair.shown.value).toBeNull();
  draw();
  expect(crosshair.shown.value?.reading.title).toBe('second');
});

test('it stays within the stops, and is put away', () => {
  const { crosshair, draw } = undrawn();
  draw();
  crosshair.to('last');
  crosshair.move(10);
  expect(crosshair.shown.value?.reading.title).toBe('third');
  crosshair.move(-10);
  expect(crosshair.shown.value?.reading.title).toBe('first');
  crosshair.leave();
  expect(crosshair.shown.value).toBeNull();
});
