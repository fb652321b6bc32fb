import { computed, onBeforeUnmount, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import type { Strip } from './strip';

export interface WindowOptions {
  readonly across?: boolean;
  /** Pixels at the beginning of the scroller that lie over what is scrolled: heads of columns, numbers of rows. */
  readonly covered?: () => number;
  /** How many are drawn beyond each end of what is in sight. */
  readonly beyond: number;
}

export interface InSight {
  readonly index: number;
  readonly start: number;
  readonly size: number;
}

/**
 * Which things along an axis of an element that scrolls are in sight. Sizes are known beforehand, and the browser tells the room there is
 * once it has laid out the page: nothing here makes it lay out sooner, and a million rows cost what ten do.
 */
export function useWindow(
  scroller: Readonly<Ref<HTMLElement | null>>,
  strip: () => Strip,
  { across = false, covered = () => 0, beyond }: WindowOptions,
) {
  const items = computed(strip);
  const scrolled = shallowRef(0);
  const whole = shallowRef(0);
  /** What was to be brought into sight before there was any. */
  const asked: { index: number | null } = { index: null };
  const room = computed(() => Math.max(0, whole.value - covered()));

  const first = computed(() => Math.max(0, items.value.at(scrolled.value) - beyond));
  const last = computed(() =>
    room.value === 0 ? -1 : Math.min(items.value.count - 1, items.value.at(scrolled.value + room.value) + beyond),
  );
  const inSight = computed((): InSight[] =>
    Array.from({ length: Math.max(0, last.value - first.value + 1) }, (_, i) => {
      const index = first.value + i;
      const start = items.value.start(index);
      return { index, start, size: items.value.start(index + 1) - start };
    }),
  );

  /** As many as are ever drawn at once: what leaves sight at one end is drawn anew at the other, which costs less than making it. */
  const slots = computed<number>((before) => Math.max(before ?? 1, inSight.value.length));

  /** Scrolls no further than it takes to have one in sight. */
  function bring(index: number): void {
    const { count, start } = items.value;
    asked.index = room.value === 0 ? index : null;
    if (!scroller.value || count === 0 || room.value === 0) return;
    const at = Math.max(0, Math.min(count - 1, index));
    const least = start(at + 1) - room.value;
    const to = start(at) < scrolled.value ? start(at) : Math.max(scrolled.value, least);
    if (to === scrolled.value) return;
    scrolled.value = to;
    if (across) scroller.value.scrollLeft = to;
    else scroller.value.scrollTop = to;
  }

  const onScroll = (event: Event): void => {
    const element = event.currentTarget as HTMLElement;
    scrolled.value = across ? element.scrollLeft : element.scrollTop;
  };
  const resized = ({ width, height }: DOMRectReadOnly): void => {
    whole.value = across ? width : height;
    if (asked.index !== null) bring(asked.index);
  };
  // In a task of its own: this one lays out the page.
  const observer = new ResizeObserver(([{ contentRect }]) => setTimeout(() => resized(contentRect)));
  const follow = (element: HTMLElement | null): void => {
    if (!element) return;
    element.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(element);
  };
  const leave = (element: HTMLElement | null): void => {
    if (!element) return;
    element.removeEventListener('scroll', onScroll);
    observer.unobserve(element);
  };
  watch(
    scroller,
    (now, before) => {
      leave(before);
      follow(now);
    },
    { flush: 'post' },
  );
  onBeforeUnmount(() => {
    leave(scroller.value);
    observer.disconnect();
  });

  return {
    inSight,
    room,
    length: computed(() => items.value.length),
    /** The key of what is drawn for one. */
    slot: (index: number): number => index % slots.value,
    bring,
  };
}
