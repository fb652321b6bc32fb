import { flushPromises } from '@vue/test-utils';
import { vi } from 'vitest';

type Told = (entries: { contentRect: { width: number; height: number } }[]) => void;

/** Nothing is laid out in tests: the room of every element that is watched is what the test says. */
export function stubbedRoom() {
  const watchers = new Set<Told>();
  return {
    open: (): void => {
      vi.stubGlobal(
        'ResizeObserver',
        class {
          constructor(private readonly told: Told) {}
          observe = (): void => void watchers.add(this.told);
          unobserve = (): void => void watchers.delete(this.told);
          disconnect = (): void => void watchers.delete(this.told);
        },
      );
    },
    /** The browser has laid out the page. */
    async tell(contentRect: { width: number; height: number }): Promise<void> {
      await flushPromises();
      watchers.forEach((told) => told([{ contentRect }]));
      await new Promise((resolve) => setTimeout(resolve, 5));
      await flushPromises();
    },
    watched: (): number => watchers.size,
    close: (): void => {
      watchers.clear();
      vi.unstubAllGlobals();
    },
  };
}
