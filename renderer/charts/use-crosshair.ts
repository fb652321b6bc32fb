import { computed, shallowRef } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { ChartReading, ChartStop } from './chart';
import type { Plot } from './use-plot';

export interface Crosshair {
  /** Where it stands, in the plot's pixels, and what is read there; null while it is put away. */
  readonly shown: ComputedRef<{
    x: number;
    y: number | null;
    box: { width: number; height: number } | null;
    reading: ChartReading;
    pick: string | null;
  } | null>;
  /** The stop it stands at. */
  readonly index: Readonly<Ref<number | null>>;
  point(x: number, y: number): void;
  move(by: number): void;
  to(place: 'first' | 'last' | number): void;
  leave(): void;
}

interface Placed {
  readonly stop: ChartStop;
  readonly x: number;
  readonly y: number;
}

/**
 * One crosshair for mouse and keyboard. The stops are computed when it is first wanted after a drawing, so that a live chart
 * nobody points at pays nothing for it.
 */
export function useCrosshair(plot: Plot, stops: () => readonly ChartStop[]): Crosshair {
  const index = shallowRef<number | null>(null);
  const held: { drawing: number; entries: readonly Placed[] } = { drawing: -1, entries: [] };

  const placed = (): readonly Placed[] => {
    if (held.drawing !== plot.drawn.value) {
      held.drawing = plot.drawn.value;
      held.entries = stops().flatMap((stop) => {
        const at = plot.pixel(stop.x, stop.y);
        return at ? [{ stop, ...at }] : [];
      });
    }
    return held.entries;
  };
  /** Before the first drawing nobody knows the last stop: a key pressed then holds for the drawing to come. */
  const clamp = (i: number): number => Math.max(0, placed().length ? Math.min(i, placed().length - 1) : i);

  return {
    shown: computed(() => {
      if (index.value === null) return null;
      const entry = placed()[Math.min(index.value, placed().length - 1)];
      if (!entry) return null;
      const { stop, x, y } = entry;
      const corner = stop.box && plot.pixel(stop.x - stop.box.width / 2, (stop.y ?? 0) - stop.box.height / 2);
      return {
        x,
        y: stop.y === null ? null : y,
        box: corner ? { width: 2 * Math.abs(corner.x - x), height: 2 * Math.abs(corner.y - y) } : null,
        reading: stop.read(),
        pick: stop.pick ?? null,
      };
    }),
    index,
    point(x, y) {
      let nearest: number | null = null;
      let least = Infinity;
      placed().forEach((entry, i) => {
        const distance = (entry.x - x) ** 2 + (entry.stop.y === null ? 0 : (entry.y - y) ** 2);
        if (distance >= least) return;
        least = distance;
        nearest = i;
      });
      index.value = nearest;
    },
    move: (by) => (index.value = clamp(index.value === null ? (by > 0 ? 0 : placed().length - 1) : index.value + by)),
    to: (place) => (index.value = clamp(place === 'first' ? 0 : place === 'last' ? placed().length - 1 : place)),
    leave: () => (index.value = null),
  };
}
