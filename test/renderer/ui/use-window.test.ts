import { flushPromises, mount } from '@vue/test-utils';
import { defineComponent, h, shallowRef, useTemplateRef } from 'vue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evenStrip } from '../../../renderer/ui/strip';
import { useWindow } from '../../../renderer/ui/use-window';
import { stubbedRoom } from './stubbed-room';

const room = stubbedRoom();
beforeEach(() => room.open());
afterEach(() => room.close());

const ROWS = 1_000_000;
const HEIGHT = 20;
const HEAD = 100;

/** Rows of 20 pixels under heads of 100. */
function rowsOf(many: number) {
  const count = shallowRef(many);
  const found: { current: ReturnType<typeof useWindow> | null } = { current: null };
  const list = defineComponent(() => {
    const scroller = useTemplateRef<HTMLElement>('scroller');
    found.current = useWindow(scroller, () => evenStrip(count.value, HEIGHT), { covered: () => HEAD, beyond: 2 });
    return () => h('div', { ref: 'scroller' });
  });
  const wrapper = mount(list);
  const element = wrapper.element as HTMLElement;
  return {
    count,
    wrapper,
    element,
    rows: found.current!,
    drawn: () => found.current!.inSight.value.map((one) => one.index),
  };
}

async function scrollTo(element: HTMLElement, top: number): Promise<void> {
  element.scrollTop = top;
  element.dispatchEvent(new Event('scroll'));
  await flushPromises();
}

describe('a window onto a million rows', () => {
  test('has none before the page is laid out, then those in sight and two beyond', async () => {
    const { drawn, rows } = rowsOf(ROWS);
    expect(drawn()).toEqual([]);
    await room.tell({ width: 300, height: 200 });
    // Rows 0 to 4 stand under the heads; the sixth begins where the room ends.
    expect(drawn()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows.length.value).toBe(ROWS * HEIGHT);
  });

  test('follows what is scrolled, to the last', async () => {
    const { drawn, element } = rowsOf(ROWS);
    await room.tell({ width: 300, height: 200 });
    await scrollTo(element, 1000);
    expect([drawn()[0], drawn().at(-1)]).toEqual([48, 57]);
    await scrollTo(element, ROWS * HEIGHT - 100);
    expect(drawn().at(-1)).toBe(ROWS - 1);
  });

  test('brings a row into sight and scrolls no further than that', async () => {
    const { drawn, element, rows } = rowsOf(ROWS);
    await room.tell({ width: 300, height: 200 });
    rows.bring(3);
    expect(element.scrollTop).toBe(0);
    rows.bring(ROWS - 1);
    expect(element.scrollTop).toBe(ROWS * HEIGHT - 100);
    expect(drawn().at(-1)).toBe(ROWS - 1);
    rows.bring(500);
    expect(element.scrollTop).toBe(500 * HEIGHT);
    rows.bring(505);
    expect(element.scrollTop).toBe(506 * HEIGHT - 100);
  });

  test('brings a row that was asked for before there was room once there is', async () => {
    const { drawn, element, rows } = rowsOf(ROWS);
    rows.bring(700);
    await room.tell({ width: 300, height: 200 });
    expect(element.scrollTop).toBe(701 * HEIGHT - 100);
    expect(drawn()).toContain(700);
  });

  test('has nothing left of rows that a filter takes away', async () => {
    const { count, drawn, element, rows } = rowsOf(ROWS);
    await room.tell({ width: 300, height: 200 });
    await scrollTo(element, 5000);
    count.value = 3;
    expect(drawn().every((index) => index < 3)).toBe(true);
    count.value = 0;
    expect(drawn()).toEqual([]);
    rows.bring(0);
  });

  test('draws a row that comes where one that leaves was drawn', async () => {
    const { drawn, element, rows } = rowsOf(ROWS);
    await room.tell({ width: 300, height: 200 });
    await scrollTo(element, 1000);
    const before = new Set(drawn().map(rows.slot));
    expect(before.size).toBe(drawn().length);
    await scrollTo(element, 1020);
    expect(new Set(drawn().map(rows.slot))).toEqual(before);
  });

  test('listens no more once it is gone', async () => {
    const { wrapper } = rowsOf(ROWS);
    await flushPromises();
    expect(room.watched()).toBe(1);
    wrapper.unmount();
    expect(room.watched()).toBe(0);
  });
});
